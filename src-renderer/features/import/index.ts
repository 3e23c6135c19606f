/** The dialog that brings in requests of other programs. */
export { ImportDialog } from './import-dialog.tsx'
