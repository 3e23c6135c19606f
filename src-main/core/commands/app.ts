/** Facts about the app itself. */
import type { WireError } from '#contract/errors.ts'
import type { Handlers } from '../dispatch.ts'
import { VERSION } from '../lib/version.ts'
import type { CorePorts } from '../ports.ts'

export function appHandlers(ports: CorePorts, problem: () => WireError | null): Pick<Handlers, 'app.info'> {
  return {
    'app.info': async () => ({
      version: VERSION,
      engines: enginesOf(process.versions),
      dataDir: ports.dataDir,
      capabilities: ports.capabilities,
      problem: problem(),
    }),
  }
}

function enginesOf(versions: NodeJS.ProcessVersions): Record<string, string> {
  const shown = ['electron', 'chrome', 'node', 'openssl', 'zstd', 'sqlite']
  return Object.fromEntries(shown.flatMap((name) => (versions[name] === undefined ? [] : [[name, versions[name]]])))
}
