/** The response viewer's public face. */
export { ResponseViewer } from './response-viewer.tsx'
