// `npm run soak [-- SENDS [AT-ONCE]]`: 50,000 small requests through the host of a window, 32 at once, and whether its memory stays
// flat. Ends with 1 where one was not answered, or where what the host holds once garbage is collected grew by more than it may.
import { ensureBuilt } from './lib/build-state.mjs'
import { onNewEnoughNode, say } from './lib/project.mjs'

// Of the whole process: what its threads and SQLite took and gave back is never quite the same twice.
const MAY_GROW_MIB = 40
// Of objects and buffers: keeping the record of each send would be a hundred times that.
const LIVE_MAY_GROW_MIB = 5
const MIB = 1024 * 1024

const [sends = 50_000, atOnce = 32] = process.argv.slice(2).map(Number)
await onNewEnoughNode()
await ensureBuilt()
const { soak } = await import('../test/bench/soak.ts')
const { answered, problems, grew } = await soak(sends, atOnce, ({ sent, busyBytes, residentBytes, liveBytes }) => {
  const busy = busyBytes === null ? '' : `${mib(busyBytes)} MiB, `
  process.stdout.write(`${String(sent).padStart(7)} sent  ${busy}collected ${mib(residentBytes)} MiB, of it ${mib(liveBytes)} live\n`)
})
for (const problem of problems) say(problem)
say(
  `${answered} of ${sends} answered; the host grew by ${mib(grew.resident)} MiB, and may by ${MAY_GROW_MIB}; what is live by ${mib(grew.live)} MiB, and may by ${LIVE_MAY_GROW_MIB}.`,
)
process.exit(answered === sends && mib(grew.resident) <= MAY_GROW_MIB && mib(grew.live) <= LIVE_MAY_GROW_MIB ? 0 : 1)

function mib(bytes) {
  return Math.round(bytes / MIB)
}
