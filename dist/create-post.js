import { runCreatePost } from './index.js'

runCreatePost()
