/** The runner's public face. */
export { RunnerPage } from './runner-page.tsx'
