/** Pages of the layers around requests: sessions with their adapters, and defaults of folders and collections. */
export { DefaultsEditor } from './defaults-editor.tsx'
export { SessionActions } from './session-actions.tsx'
export { SessionEditor } from './session-editor.tsx'
export { SessionList } from './session-list.tsx'
