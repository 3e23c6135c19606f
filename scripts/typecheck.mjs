// `npm run typecheck`: every room with its own tsconfig, so that none sees what it has not; `npm run typecheck -- core`
// checks that room alone. By TypeScript 7, many times as fast; linters and the import rules stand on TypeScript 6, which
// has the interface they need.
import { at, runNode } from './lib/project.mjs'

const ROOMS = ['contract', 'core', 'hosts', 'renderer', 'test']
const compiler = at('node_modules', 'typescript-7', 'bin', 'tsc')

const wanted = process.argv.slice(2)
let failed = 0
for (const room of wanted.length > 0 ? wanted : ROOMS) {
  if ((await runNode([compiler, '-p', at(`tsconfig.${room}.json`)])) !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
