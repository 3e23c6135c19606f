/**
 * Serves the saved examples of a collection on 127.0.0.1, so that what speaks to an API can be built and tested without it.
 * Follows the files as they change. Sends nothing anywhere.
 */
import { createServer, type Server } from 'node:http'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { watchFolder } from '../storage/collection-watcher.ts'
import { emptyMemory, type TreeMemory } from '../storage/tree.ts'
import { loadExamples, type LoadedExamples } from './load-examples.ts'
import { answerMock } from './mock-answer.ts'

export interface MockServerOptions {
  /** Absolute path of a collection, or of a folder in one. */
  readonly folder: string
  /** 0: any that is free. */
  readonly port: number
  /** Pages of any origin may read the answers. */
  readonly cors: boolean
  /** Told a line of what changed, and of what could not be read. */
  readonly log: (line: string) => void
}

export interface MockServer {
  /** Without a final slash. */
  readonly url: string
  /** What is served, such as `Shop API: 3 examples of 2 requests`. */
  readonly summary: string
  /** Stops it, cutting off what is under way. */
  readonly close: () => Promise<void>
}

/**
 * @throws {CoreError} `NotFound`, `StorageError`: the folder cannot be read; `Unavailable`: the port cannot be had
 */
export async function startMockServer({ folder, port, cors, log }: MockServerOptions): Promise<MockServer> {
  const memory: TreeMemory = emptyMemory()
  let loaded = await loadExamples(folder, memory)
  loaded.problems.forEach(log)
  const server = createServer((request, response) => answerMock(request, response, loaded.examples, { cors }))
  const url = await listen(server, port)
  const reload = inTurn(async () => {
    try {
      const next = await loadExamples(folder, memory)
      const isChanged = JSON.stringify(next) !== JSON.stringify(loaded)
      loaded = next
      if (!isChanged) return
      next.problems.forEach(log)
      log(`Read again. ${summaryOf(next)}`)
    } catch (error) {
      log(`The examples of before are still served: ${messageOf(error)}`)
    }
  })
  const watcher = watchFolder(folder, reload, (error) => log(error.message))
  reload() // what changed before it was watched
  return {
    url,
    summary: summaryOf(loaded),
    close: async () => {
      watcher.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function summaryOf({ name, examples, requests }: LoadedExamples): string {
  const of = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return `${name}: ${of(examples.length, 'example')} of ${of(requests, 'request')}`
}

async function listen(server: Server, port: number): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  } catch (error) {
    const why = systemCode(error) === 'EADDRINUSE' ? 'another program has it' : messageOf(error)
    throw new CoreError('Unavailable', 'call', `Port ${port} cannot be had: ${why}.`, {
      hint: 'Choose another with --port, or 0 for any.',
      cause: error,
    })
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The mock server has no port.')
  return `http://127.0.0.1:${address.port}`
}

/** Runs work one at a time; what is asked for meanwhile is done once more behind it. */
function inTurn(work: () => Promise<void>): () => void {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    running = true
    do {
      again = false
      await work()
    } while (again)
    running = false
  }
  return () => {
    if (running) again = true
    else void run()
  }
}
