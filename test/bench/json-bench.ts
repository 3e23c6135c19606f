/** P6: 100 MiB of JSON in one line through the engine, with an assertion by JSONPath on it, as a whole process beside curl. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, type Row } from './measure.ts'
import { posthaste, runProgram } from './programs.ts'
import { startWindowServer } from './window-drive.ts'

const BYTES = 100 * 1024 ** 2

export async function benchJson(): Promise<Row[]> {
  const server = await startWindowServer()
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const url = `${server.url}/json/${BYTES}`
  const file = join(folder, 'get.yml')
  const assertion = `{ expression: "res.jsonpath('$[42].text')", operator: startsWith, value: needle }`
  await writeFile(
    file,
    `info: { name: get, type: http }\nhttp: { method: GET, url: "${url}" }\nruntime:\n  assertions:\n    - ${assertion}\n`,
  )
  try {
    return await compare(
      '100 MiB of JSON, one value of it asserted',
      [
        { name: 'curl -o, nothing asserted', run: () => runProgram('curl', ['-s', '-o', join(folder, 'curl.json'), url]) },
        {
          name: 'Python requests',
          run: () =>
            runProgram('python3', ['-c', `import requests; assert requests.get("${url}").json()[42]["text"].startswith("needle")`]),
        },
        { name: 'posthaste run', run: () => posthaste('run', file, '--data-dir', join(folder, 'data')) },
      ],
      3,
    )
  } finally {
    server.stop()
    await rm(folder, { recursive: true })
  }
}
