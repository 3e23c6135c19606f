/** The settings, in a dialog: fetched when it is opened. */
export { SettingsDialog } from './settings-dialog.tsx'
