export { BackupsDialog } from './backups-dialog.tsx'
