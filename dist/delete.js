import { runDelete } from './index.js'

runDelete()
