/** The kinds of body in words, as every list and message names them. */
import type { BodyKind } from '#contract/model/request.ts'

export const BODY_LABELS: Readonly<Record<BodyKind, string>> = {
  none: 'None',
  json: 'JSON',
  form: 'Form',
  multipart: 'Multipart',
  text: 'Text',
  xml: 'XML',
  graphql: 'GraphQL',
  file: 'File',
  websocket: 'WebSocket',
}
