/** The manual's public face. */
export { ManualPage } from './manual-page.tsx'
