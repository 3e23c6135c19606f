// `npm run sbom`: what the build has in it of others, as CycloneDX on stdout. The build itself writes it, beside the
// licences; where those are is said.
import { readFileSync } from 'node:fs'
import { ensureBuilt } from './lib/build-state.mjs'
import { onNewEnoughNode, say } from './lib/project.mjs'
import { NOTICES, SBOM } from './lib/write-notices.mjs'

await onNewEnoughNode()
await ensureBuilt()
process.stdout.write(readFileSync(SBOM, 'utf8'))
say(`It is in ${SBOM}, the licences are in ${NOTICES}.`)
