// `npm run package [-- …]`: builds what is stale, and packs the desktop app for this system into dist/. What follows the two
// dashes goes to electron-builder: `--dir` for the folder alone, `--linux deb`, `--mac`, `--win portable`, `--arm64`.
// Nothing is published. docs/packaging.md says what is needed.
import { ensureBuilt } from './lib/build-state.mjs'
import { at, onNewEnoughNode, runNode, say } from './lib/project.mjs'

await onNewEnoughNode()
await ensureBuilt()
const builder = at('node_modules', 'electron-builder', 'cli.js')
const status = await runNode([builder, '--config', 'electron-builder.config.mjs', '--publish', 'never', ...process.argv.slice(2)])
if (status !== 0) {
  say('Nothing was packed; why is above. Electron and the tools that make installers are fetched from GitHub when they are')
  say('first needed: ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR name other places.')
}
process.exitCode = status
