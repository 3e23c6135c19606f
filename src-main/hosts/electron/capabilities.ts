/** What the Electron host can do. In a file of its own, since the sandboxed preload carries it too. */
import type { Capabilities } from '#contract/capabilities.ts'

export const ELECTRON_CAPABILITIES: Capabilities = { realPaths: true, dialogs: true, reveal: true, nativeMenu: true }
