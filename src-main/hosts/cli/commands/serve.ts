/** `posthaste serve`: the web host, which is a host of its own; this only hands it the options. */
import { rendererDir } from '../../shell/app-root.ts'
import { dataDirOf } from '../../shell/default-data-dir.ts'
import { serve } from '../../web/main.ts'

export async function serveCommand(options: { port?: number; open: boolean; dataDir?: string }): Promise<number> {
  const { port = null, open, dataDir } = options
  const status = await serve({ port, open, dataDir: dataDirOf(dataDir), rendererDir: rendererDir() })
  // Whatever a browser still holds open must not keep a host alive that was told to stop.
  process.exit(status)
}
