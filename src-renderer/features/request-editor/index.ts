/**
 * The request editor, in two parts for the app to lay out: `RequestBar` (method, address, Send, Save) across the width,
 * and `RequestSections` (the tabs Params to Docs), which fills its parent, a flex column, and scrolls inside itself.
 */
export { GuideStrip } from './guide-strip.tsx'
export { RequestBar } from './request-bar.tsx'
export { RequestSections } from './request-sections.tsx'
