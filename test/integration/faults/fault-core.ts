/**
 * A whole core in a process of its own, for tests that take its disk away from under it: reads calls as lines of JSON
 * and writes their results, and every event, as lines of JSON.
 *
 * Arguments: the data folder, and `watch` where it is to notice what others change.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createCore } from '#core/create-core.ts'

const [dataDir = '', watch] = process.argv.slice(2)
// A limit of the size of files ends a program that does not ask to be told by an error.
process.on('SIGXFSZ', () => undefined)

function tell(line: unknown): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const core = await createCore({
  dataDir,
  log: (line) => process.stderr.write(`${line}\n`),
  watch: watch === 'watch',
  now: Date.now,
  hostCipher: null,
  env: { HOME: dataDir },
  capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
})
core.on((event) => tell({ event }))
for await (const text of createInterface({ input: process.stdin })) {
  const { id, name, input } = JSON.parse(text) as { id: number; name: string; input: unknown }
  void core
    .call(name, input, { signal: new AbortController().signal, clientId: `window-${process.pid}` })
    .then((result) => tell({ id, result }))
}
await core.close()
