const fs = require('node:fs')
const promises = new Proxy({}, { get: (_, name) => (...given) => fs.promises[name](...given) })
module.exports = Object.create(fs, { promises: { value: promises } })
