/** What a host can do. The window asks "can this host do X", never "which host is this". */
import { z } from 'zod'

export const CapabilitiesSchema = z.object({
  /** Dropped and picked files have a path the core can read. Otherwise their bytes are uploaded to the data folder. */
  realPaths: z.boolean(),
  /** Native open and save dialogs. */
  dialogs: z.boolean(),
  /** Show a file in the system's file manager. */
  reveal: z.boolean(),
  /** The host draws an application menu and owns its keys. */
  nativeMenu: z.boolean(),
})
export type Capabilities = z.infer<typeof CapabilitiesSchema>
