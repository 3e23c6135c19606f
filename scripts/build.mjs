// `npm run build`: electron-vite, then what it leaves to us: what is in it of others is written down, the command line's
// file is made executable, and a stamp says which sources the build was made from, so that `npm start` builds only what is stale.
import { chmodSync, rmSync } from 'node:fs'
import { sourceState, writeStamp } from './lib/build-state.mjs'
import { at, onNewEnoughNode, runNode } from './lib/project.mjs'
import { writeNotices } from './lib/write-notices.mjs'

await onNewEnoughNode()
// Taken before the build: what changes meanwhile makes it stale.
const { quick, exact } = sourceState()
const stamp = { quick, exact: exact() }
rmSync(at('out', 'packages'), { recursive: true, force: true })
const status = await runNode([at('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '-c', 'electron.config.ts'])
if (status !== 0) process.exit(status)
writeNotices()
chmodSync(at('out', 'main', 'cli.js'), 0o755)
writeStamp(stamp)
