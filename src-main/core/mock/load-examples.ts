/** Reads what a mock can answer from the request files of a folder. A file that cannot be read is told of and left out. */
import { basename, join } from 'node:path'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { baseOf } from '../storage/item-paths.ts'
import { readExamples, type SavedExample } from '../storage/opencollection/examples-format.ts'
import { readRequest } from '../storage/opencollection/request-format.ts'
import { readTextFile } from '../storage/text-file.ts'
import { scanTree, type Item, type TreeMemory } from '../storage/tree.ts'
import { routeOf, type MockExample, type MockRoute } from './mock-routes.ts'

export interface LoadedExamples {
  /** Of the collection or folder. */
  readonly name: string
  readonly examples: readonly MockExample[]
  /** Requests that have examples. */
  readonly requests: number
  /** Why files were left out, a sentence for each. */
  readonly problems: readonly string[]
}

/** Statuses that end an exchange; RFC 9110 §15 has those below as interim ones. */
const [LOWEST, HIGHEST] = [200, 599]

/**
 * @param folder absolute path of a collection or a folder in one
 * @throws {CoreError} `NotFound`, `StorageError` where the folder cannot be read
 */
export async function loadExamples(folder: string, memory: TreeMemory): Promise<LoadedExamples> {
  const { tree } = await scanTree(folder, memory)
  if (tree.error && tree.items.length === 0) {
    const { kind, stage, message, hint } = tree.error
    // Whoever names a folder on the command line has not had it open before, as the window has.
    if (kind === 'NotFound') {
      throw new CoreError(kind, stage, `${folder} is no collection: it has neither opencollection.yml nor a request.`, {
        hint: 'Name the folder of a collection, or a folder in one.',
      })
    }
    throw new CoreError(kind, stage, message, { ...(hint !== undefined && { hint }) })
  }
  const examples: MockExample[] = []
  const problems: string[] = []
  let requests = 0
  for (const path of requestFiles(tree.items)) {
    try {
      const found = await examplesOf(join(folder, path), path)
      if (found.length > 0) requests += 1
      examples.push(...found)
    } catch (error) {
      problems.push(messageOf(error))
    }
  }
  return { name: tree.name, examples, requests, problems }
}

function requestFiles(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.kind === 'folder' ? requestFiles(item.children) : [item.path]))
}

async function examplesOf(file: string, path: string): Promise<MockExample[]> {
  const { text, fault } = await readTextFile(file)
  if (fault) throw fault
  const saved = readExamples(text, path)
  if (saved.length === 0) return []
  const { document } = readRequest(text, path, baseOf(basename(path)))
  const request = { name: document.name, method: document.method.toUpperCase(), route: routeOf(document.url) }
  return saved.map((example) => mockOf(example, request))
}

function mockOf(
  { name, request, response }: SavedExample,
  of: { readonly name: string; readonly method: string; readonly route: MockRoute },
): MockExample {
  const { status, statusText, headers, body } = response
  const isOwn = request.url !== ''
  const known = status !== null && Number.isInteger(status) && status >= LOWEST && status <= HIGHEST ? status : LOWEST
  return {
    request: of.name,
    name,
    method: isOwn ? request.method.toUpperCase() : of.method,
    routes: isOwn ? [routeOf(request.url), { ...of.route, query: [] }] : [of.route],
    headers: request.headers,
    status: known,
    statusText,
    answer: { headers, type: body?.type ?? null, body: body?.data ?? '' },
  }
}
