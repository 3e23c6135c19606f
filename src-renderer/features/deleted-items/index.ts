export { DeletedDialog } from './deleted-dialog.tsx'
