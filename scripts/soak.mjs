// `npm run soak [-- SENDS [AT-ONCE]]`: 50,000 small requests through the host of a window, 32 at once, and whether its memory stays
// flat. Ends with 1 where one was not answered, or where the host grew by more than it may.
import { ensureBuilt } from './lib/build-state.mjs'
import { onNewEnoughNode, say } from './lib/project.mjs'

const MAY_GROW_MIB = 40
const MIB = 1024 * 1024

const [sends = 50_000, atOnce = 32] = process.argv.slice(2).map(Number)
await onNewEnoughNode()
await ensureBuilt()
const { soak } = await import('../test/bench/soak.ts')
const { answered, problems, grewBytes } = await soak(sends, atOnce, (sent, bytes) => {
  process.stdout.write(`${String(sent).padStart(7)} sent  ${bytes === null ? '' : `${Math.round(bytes / MIB)} MiB`}\n`)
})
for (const problem of problems) say(problem)
const grew = grewBytes === null ? null : Math.round(grewBytes / MIB)
say(
  `${answered} of ${sends} answered; the host ${grew === null ? 'cannot be measured here' : `grew by ${grew} MiB, and may by ${MAY_GROW_MIB}`}.`,
)
process.exit(answered === sends && (grew ?? 0) <= MAY_GROW_MIB ? 0 : 1)
