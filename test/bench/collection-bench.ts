/** P10: a collection of 10,000 requests: opened, opened again, one of them saved. */
import { createSecretVault } from '#core/storage/secret-vault.ts'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWorkspace } from '#core/storage/workspace.ts'
import { compare, type Row } from './measure.ts'

const REQUESTS = 10_000

export async function benchCollection(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const collection = join(folder, 'big')
  await makeCollection(collection)
  const dataDir = join(folder, 'data')
  const openAll = async (): Promise<ReturnType<typeof createWorkspace>> => {
    const workspace = createWorkspace({
      dataDir,
      vault: createSecretVault({ dir: join(dataDir, 'secrets'), hostCipher: null, log: () => undefined }),
      watch: false,
      onChanged: () => undefined,
      report: (error) => {
        throw error
      },
    })
    await workspace.read()
    return workspace
  }
  const first = await openAll()
  await first.collections.open(collection)
  try {
    return await compare(
      '10,000 requests',
      [
        { name: 'open in a new process', run: async () => void (await (await openAll()).close()) },
        { name: 'read again', run: async () => void (await first.read()) },
      ],
      5,
    )
  } finally {
    await first.close()
    await rm(folder, { recursive: true })
  }
}

export async function makeCollection(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Big }\n')
  for (let folder = 0; folder < 100; folder += 1) {
    const inside = join(path, `folder ${folder}`)
    await mkdir(inside)
    await Promise.all(
      Array.from({ length: REQUESTS / 100 }, (_, index) =>
        writeFile(
          join(inside, `request ${index}.yml`),
          `info:\n  name: Request ${index}\n  type: http\n  seq: ${index + 1}\nhttp:\n  method: GET\n  url: https://example.test/${folder}/${index}?a=1\n  headers:\n    - name: X-A\n      value: "1"\n`,
        ),
      ),
    )
  }
}
