/** P10: a collection of 10,000 requests: opened, opened again, one of them saved. */
import { createSecretVault } from '#core/storage/secret-vault.ts'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CollectionId } from '#contract/model/ids.ts'
import { nodeIdOf } from '#core/storage/item-paths.ts'
import { createWorkspace, type Workspace } from '#core/storage/workspace.ts'
import { compare, type Row } from './measure.ts'

const REQUESTS = 10_000
const SAVES = 30

export async function benchCollection(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  try {
    await makeCollection(join(folder, 'big'))
    await makeCollection(join(folder, 'one'), 1)
    return [...(await opened(folder)), ...(await saved(folder))]
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function opened(folder: string): Promise<Row[]> {
  const openAll = async (): Promise<Workspace> => {
    const workspace = workspaceIn(join(folder, 'data'), { watch: false })
    await workspace.read()
    return workspace
  }
  const first = await openAll()
  await first.collections.open(join(folder, 'big'))
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
  }
}

/** From asking until the file is written, for good; in a host that watches both collections. */
async function saved(folder: string): Promise<Row[]> {
  const workspace = workspaceIn(join(folder, 'watched'), { watch: true })
  let times = 0
  const saveIn = (id: CollectionId) => async (): Promise<void> => {
    const node = nodeIdOf(id, 'folder 0/request 0.yml')
    const request = await workspace.requests.open(node)
    if (request.kind === 'broken') throw new Error(request.text)
    times += 1
    await workspace.requests.save(node, { ...request.document, url: `https://example.test/saved/${times}` }, request.revision)
  }
  try {
    const one = await workspace.collections.open(join(folder, 'one'))
    const big = await workspace.collections.open(join(folder, 'big'))
    return await compare(
      'a request is opened and saved',
      [
        { name: 'alone in its collection', run: saveIn(one.id) },
        { name: 'one of 10,000', run: saveIn(big.id) },
      ],
      SAVES,
    )
  } finally {
    await workspace.close()
  }
}

function workspaceIn(dataDir: string, { watch }: { readonly watch: boolean }): Workspace {
  return createWorkspace({
    dataDir,
    vault: createSecretVault({ dir: join(dataDir, 'secrets'), hostCipher: null, log: () => undefined }),
    watch,
    onChanged: () => undefined,
    report: (error) => {
      throw error
    },
  })
}

/** @param each so many requests in each of 100 folders; of 1 there is one folder */
export async function makeCollection(path: string, each = REQUESTS / 100): Promise<void> {
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Big }\n')
  for (let folder = 0; folder < (each === 1 ? 1 : 100); folder += 1) {
    const inside = join(path, `folder ${folder}`)
    await mkdir(inside)
    await Promise.all(
      Array.from({ length: each }, (_, index) =>
        writeFile(
          join(inside, `request ${index}.yml`),
          `info:\n  name: Request ${index}\n  type: http\n  seq: ${index + 1}\nhttp:\n  method: GET\n  url: https://example.test/${folder}/${index}?a=1\n  headers:\n    - name: X-A\n      value: "1"\n`,
        ),
      ),
    )
  }
}
