/** The request as code, shown below the prepared request: composed with it by the app. */
export { CodeRegion } from './code-region.tsx'
