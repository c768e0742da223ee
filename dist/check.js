if (parseInt(process.versions.node) < 24) {
  console.log('::error::This action needs Node.js 24, and the runner started it with ' + process.version + '. Update the runner to 2.327.1 or later (32-bit ARM runners have no Node.js 24), or the tool that stands in for it.')
  process.exitCode = 1
} else {
  require('./index.js').runCheck()
}
