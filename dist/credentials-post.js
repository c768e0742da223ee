import { runCredentialsPost } from './index.js'

runCredentialsPost()
