/** Python requests, the referee of what goes over the wire. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The first interpreter that has requests; Debian's own package will do for what is compared here. */
export async function findPython(): Promise<string> {
  for (const candidate of ['python3', '/usr/bin/python3']) {
    const found = await run(candidate, ['-c', 'import requests; print(requests.__version__)']).catch(() => null)
    if (found) {
      process.stderr.write(`referee: requests ${found.stdout.trim()} of ${candidate}\n`)
      return candidate
    }
  }
  throw new Error('Python requests is not installed: apt-get install -y python3-requests')
}
