#!/usr/bin/env node
/**
 * The `posthaste` command. This entry must be readable to an old Node, so that it can say that it is too old: it
 * imports nothing, and the program proper only after the check.
 */
const MINIMUM: readonly [major: number, minor: number] = [22, 19]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  const how = 'In a checkout, `npx posthaste` and `npm start` bring their own.'
  process.stderr.write(`Posthaste needs Node ${MINIMUM.join('.')} or later, and this is ${process.versions.node}. ${how}\n`)
  process.exitCode = 2
} else {
  const { runProgram } = await import('./program.ts')
  process.exitCode = await runProgram(process.argv.slice(2))
}

export {}
