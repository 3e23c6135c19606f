/** P12: how long the command line takes as a whole process, beside an empty Node and Python requests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, startServer, type Row } from './measure.ts'
import { posthaste, runProgram } from './programs.ts'

export async function benchCli(): Promise<Row[]> {
  const server = await startServer()
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const file = join(folder, 'get.yml')
  await writeFile(file, `info: { name: get, type: http }\nhttp: { method: GET, url: "${server.url}/small" }\n`)
  try {
    return [
      ...(await compare(
        'start a process',
        [
          { name: 'node -e 0', run: () => runProgram(process.execPath, ['-e', '0']) },
          { name: 'posthaste --version', run: () => posthaste('--version') },
        ],
        9,
      )),
      ...(await compare(
        'one GET, whole process',
        [
          {
            name: 'Python requests',
            run: () => runProgram('python3', ['-c', `import requests; requests.get("${server.url}/small").text`]),
          },
          { name: 'posthaste send', run: () => posthaste('send', file, '--data-dir', join(folder, 'data')) },
        ],
        9,
      )),
    ]
  } finally {
    server.stop()
    await rm(folder, { recursive: true })
  }
}
