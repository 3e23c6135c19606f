/**
 * A process that records sends until it is killed or done, for tests of what is left of them. Tells of each on standard
 * output.
 *
 * Arguments: the data folder, the URL, how often, whether to close at the end.
 */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { createCore } from '#core/create-core.ts'

/** What to run as a process of its own. */
export const WRITER = import.meta.filename

const [dataDir, url = '', times = '1000000'] = process.argv.slice(2)

async function write(folder: string): Promise<void> {
  const core = await createCore({
    dataDir: folder,
    log: (line) => process.stderr.write(`${line}\n`),
    watch: true,
    now: Date.now,
    hostCipher: null,
    env: {},
    capabilities: { realPaths: false, dialogs: false, reveal: false, nativeMenu: false },
  })
  core.on((event) => {
    if (event.name === 'history.changed' && event.payload.added.length > 0) process.stdout.write(`kept ${event.payload.added.join(' ')}\n`)
  })
  for (let index = 0; index < Number(times); index += 1) {
    const document = { ...emptyRequest(), url: `${url}/${process.pid}/${index}` }
    const choice = { environment: null, session: null, given: {} }
    await core.sendOnce({ document, root: folder, file: null, choice, overrides: {}, signal: new AbortController().signal })
  }
  await core.close()
}

if (dataDir !== undefined && import.meta.main) await write(dataDir)
