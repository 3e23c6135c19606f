/**
 * The request editor. `RequestEditor` is all of it in one column; where there is more room, `RequestBar` (method,
 * address, Send, Save) stands across the whole width with `RequestSections` (the tabs Params to Docs) below it beside
 * the response. Both fill their parent, a flex column; the sections scroll inside themselves.
 */
export { RequestBar } from './request-bar.tsx'
export { RequestEditor } from './request-editor.tsx'
export { RequestSections } from './request-sections.tsx'
