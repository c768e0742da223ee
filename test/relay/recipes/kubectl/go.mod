module kubectl

go 1.23
