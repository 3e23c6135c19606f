// `npm run audit`: known faults in what is shipped; part of every release. Ends with 1 where there are any, with 2 where
// the registry could not be asked, for not knowing is not the same as none.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { ensureBuilt } from './lib/build-state.mjs'
import { at, giveUp, onNewEnoughNode, ROOT, say } from './lib/project.mjs'
import { shippedFindings } from './lib/shipped-findings.mjs'
import { SBOM } from './lib/write-notices.mjs'

await onNewEnoughNode()
await ensureBuilt()
const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' })
const report = parsed(stdout)
if (!report?.vulnerabilities) giveUp(`The registry did not answer the audit: ${report?.message ?? 'no answer'}.`)

const found = shippedFindings(report, readJson(at('package-lock.json')), readJson(SBOM))
for (const { name, severity, titles } of found) say(`${name}, ${severity}: ${titles.join('; ') || 'by what it depends on'}`)
const others = Object.keys(report.vulnerabilities).length - found.length
say(`${found.length} findings in what is shipped; ${others} in what only builds and tests.`)
process.exitCode = found.length > 0 ? 1 : 0

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
