// `npm run check:static`: everything that is checked without a test: the sources, and what is built from them. Linting
// takes as long as all the rest, so it goes on beside it; what each step says is shown when it is over.
import { spawn } from 'node:child_process'
import { ROOT, say } from './lib/project.mjs'

const LANES = [['lint'], ['format:check', 'typecheck', 'boundaries', 'unused', 'budget']]

const failed = (await Promise.all(LANES.map(inTurn))).flat()
if (failed.length > 0) say(`Failed: ${failed.map((name) => `npm run ${name}`).join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

async function inTurn(names) {
  const failed = []
  for (const name of names) if (!(await passes(name))) failed.push(name)
  return failed
}

function passes(name) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', name], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const told = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => void told.push(chunk))
    child.once('error', reject)
    child.once('close', (status) => {
      say(`${name}: ${status === 0 ? 'in order' : 'not in order'}`)
      process.stdout.write(Buffer.concat(told))
      resolve(status === 0)
    })
  })
}
