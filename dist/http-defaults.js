exports.maxHeaderSize = 16384
exports.IncomingMessage = class {}
