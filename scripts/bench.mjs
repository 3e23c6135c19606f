// `npm run bench`: every benchmark, as one table. Ratios are within one run; absolute times are this machine's.
import { benchSend } from '../test/bench/send-bench.ts'
import { table } from '../test/bench/measure.ts'

const rows = []
for (const bench of [benchSend]) {
  rows.push(...(await bench()))
}
console.log(table(rows))
process.exit(0)
