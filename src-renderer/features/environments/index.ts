/** Environments: their list in the side bar, and the page that edits one. */
export { EnvironmentEditor } from './environment-editor.tsx'
export { EnvironmentList } from './environment-list.tsx'
