export { CookiesDialog } from './cookies-dialog.tsx'
