import { runCredentials } from './index.js'

runCredentials()
