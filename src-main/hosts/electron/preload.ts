/**
 * The bridge into the page, and the only file that may use the page's side of IPC. It runs sandboxed, before the page,
 * and hands over four functions; the page never sees Electron itself.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { BRIDGE_KEY, IPC_CALL, IPC_EVENT, type Bridge } from '#contract/bridge.ts'
import type { ClientFrame, ServerFrame } from '#contract/wire.ts'
import { clientIdFrom } from './client-argument.ts'
import { ELECTRON_CAPABILITIES } from './capabilities.ts'

const bridge: Bridge = {
  clientId: clientIdFrom(process.argv),
  capabilities: ELECTRON_CAPABILITIES,
  invoke: (frame: ClientFrame) => ipcRenderer.invoke(IPC_CALL, frame) as Promise<ServerFrame | null>, // what ipc.ts answers
  onEvent: (listener) => {
    const forward = (_event: unknown, frame: ServerFrame): void => listener(frame)
    ipcRenderer.on(IPC_EVENT, forward)
    return () => void ipcRenderer.off(IPC_EVENT, forward)
  },
  filePath: (file) => {
    if (!(file instanceof File)) return null
    const path = webUtils.getPathForFile(file)
    return path === '' ? null : path
  },
}

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge)
