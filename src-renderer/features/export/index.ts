/** The dialog that hands requests on in other programs' formats. */
export { ExportDialog } from './export-dialog.tsx'
