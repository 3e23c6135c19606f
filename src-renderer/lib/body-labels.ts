/** The kinds of body in words, as every list and message names them. */
import type { BodyKind } from '#contract/model/request.ts'
import { t } from './t.ts'

export const BODY_LABELS: Readonly<Record<BodyKind, string>> = {
  none: t`None`,
  json: 'JSON',
  form: t`Form`,
  multipart: t`Multipart`,
  text: t`Text`,
  xml: 'XML',
  graphql: 'GraphQL',
  file: t`File`,
  websocket: 'WebSocket',
}
