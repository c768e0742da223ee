import { runCreate } from './index.js'

runCreate()
