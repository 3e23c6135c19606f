/**
 * P4 and P5: a large multipart upload from disk and a large download to a file, beside curl; each with the start of its
 * process. What is left of the upload beyond 1.6: docs/decisions/0008-what-a-small-send-costs.md.
 */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, startServer, type Row } from './measure.ts'
import { posthaste, runProgram } from './programs.ts'

const BYTES = 1024 ** 3

export async function benchTransfers(): Promise<Row[]> {
  const server = await startServer()
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const big = join(folder, 'big.bin')
  await fill(big)
  await writeFile(
    join(folder, 'up.yml'),
    `info: { name: up, type: http }\nhttp:\n  method: POST\n  url: "${server.url}/up"\n  body: { type: multipart-form, data: [ { name: file, type: file, value: [ ./big.bin ] } ] }\n`,
  )
  await writeFile(
    join(folder, 'down.yml'),
    `info: { name: down, type: http }\nhttp: { method: GET, url: "${server.url}/bytes/${BYTES}" }\n`,
  )
  const data = ['--data-dir', join(folder, 'data')]
  try {
    return [
      ...(await compare(
        'multipart upload of 1 GiB',
        [
          { name: 'curl -F', run: () => runProgram('curl', ['-s', '-o', '/dev/null', '-F', `file=@${big}`, `${server.url}/up`]) },
          { name: 'posthaste send', run: () => posthaste('send', join(folder, 'up.yml'), ...data) },
        ],
        3,
      )),
      ...(await compare(
        'download of 1 GiB to a file',
        [
          { name: 'curl -o', run: () => runProgram('curl', ['-s', '-o', join(folder, 'curl.bin'), `${server.url}/bytes/${BYTES}`]) },
          { name: 'Python requests, streamed', run: () => runProgram('python3', ['-c', streamed(`${server.url}/bytes/${BYTES}`), folder]) },
          {
            name: 'posthaste send --output',
            run: () => posthaste('send', join(folder, 'down.yml'), '--output', join(folder, 'ours.bin'), ...data),
          },
        ],
        3,
        () => takeMemory(folder),
      )),
    ]
  } finally {
    server.stop()
    await rm(folder, { recursive: true })
  }
}

const streamed = (url: string): string =>
  `import requests, shutil, sys
with requests.get("${url}", stream=True) as r, open(sys.argv[1] + "/python.bin", "wb") as f:
    for chunk in r.iter_content(1 << 16): f.write(chunk)`

/**
 * Has the system take memory for as large a file, and give it up. In a virtual machine the first touch of memory costs up to
 * ten times what a write into it does (1 GiB with dd: 2.7 s, then 0.2 to 0.6 s), and who keeps what was downloaded touches new
 * memory each time: without this, it is that which is measured.
 */
async function takeMemory(folder: string): Promise<void> {
  const path = join(folder, 'memory.bin')
  await fill(path)
  await rm(path)
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  const chunk = Buffer.alloc(1 << 20, 'x')
  for (let written = 0; written < BYTES; written += chunk.length) await file.write(chunk)
  await file.close()
}
