export { SaveDialog } from './save-dialog.tsx'
