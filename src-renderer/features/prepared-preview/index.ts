/** What will be sent, shown below the request editor: composed with it by the app, since features do not import each other. */
export { PreparedPreview } from './prepared-preview.tsx'
