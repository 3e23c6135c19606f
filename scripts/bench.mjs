// `npm run bench`: every benchmark, as one table. Ratios are within one run; absolute times are this machine's.
// `npm run bench -- NAME…` runs only those named: send, run, cli, start, rest, collection, history, typing, transfer, json, window.
import { ensureBuilt } from './lib/build-state.mjs'

const wanted = process.argv.slice(2)
const benches = {
  send: async () => (await import('../test/bench/send-bench.ts')).benchSend(),
  run: async () => (await import('../test/bench/run-bench.ts')).benchRuns(),
  cli: async () => (await import('../test/bench/cli-bench.ts')).benchCli(),
  start: async () => (await import('../test/bench/start-bench.ts')).benchStart(),
  rest: async () => (await import('../test/bench/rest-bench.ts')).benchRest(),
  collection: async () => (await import('../test/bench/collection-bench.ts')).benchCollection(),
  history: async () => (await import('../test/bench/history-bench.ts')).benchHistory(),
  typing: async () => (await import('../test/bench/typing-bench.ts')).benchTyping(),
  transfer: async () => (await import('../test/bench/transfer-bench.ts')).benchTransfers(),
  json: async () => (await import('../test/bench/json-bench.ts')).benchJson(),
  window: async () => (await import('../test/bench/window-bench.ts')).benchWindow(),
}
await ensureBuilt()
const { table } = await import('../test/bench/measure.ts')
const rows = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await bench()))
}
console.log(table(rows))
process.exit(0)
