/** Trees to export: every kind of body, credentials and row, with what is around them. */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { reconcile } from '#contract/model/url-query.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { ExportExample, ExportFolder, ExportItem, ExportTree } from '#core/export/export-tree.ts'

export const NO_DEFAULTS = { headers: [], auth: { kind: 'none' }, variables: [], options: {} } as const

export function requestItem(fields: Partial<RequestDocument>, examples: readonly ExportExample[] = []): ExportItem {
  const document: RequestDocument = { ...emptyRequest(), auth: { kind: 'inherit' }, ...fields }
  return { kind: 'request', document: { ...document, ...reconcile(document.url, document.params) }, examples }
}

export function folderItem(name: string, items: readonly ExportItem[], more: Partial<ExportFolder> = {}): ExportFolder {
  return {
    kind: 'folder',
    name,
    docs: '',
    defaults: { ...NO_DEFAULTS, headers: [], variables: [], auth: { kind: 'inherit' } },
    scripts: [],
    items,
    ...more,
  }
}

export function variable(name: string, value: string, more: Partial<Variable> = {}): Variable {
  return { name, value, enabled: true, ...more }
}

export function tree(items: readonly ExportItem[], more: Partial<ExportTree> = {}): ExportTree {
  return {
    name: 'Shop',
    docs: '',
    defaults: { ...NO_DEFAULTS, headers: [], variables: [] },
    scripts: [],
    items,
    environments: [],
    sessions: [],
    ...more,
  }
}

const made: ExportExample = {
  name: 'Made',
  description: 'It worked.',
  method: 'POST',
  url: '{{baseUrl}}/orders',
  requestHeaders: [],
  requestBody: null,
  status: 201,
  statusText: 'Created',
  headers: [['Content-Type', 'application/json']],
  body: '{\n  "id": 7\n}',
}

/** A collection with a bit of everything. */
export function shopTree(): ExportTree {
  const order = requestItem(
    {
      name: 'Create an order',
      method: 'POST',
      url: '{{baseUrl}}/orders?notify=true',
      params: [
        { name: 'notify', value: 'true', enabled: true, kind: 'query' },
        { name: 'dry', value: '1', enabled: false, kind: 'query', description: 'Only looks.' },
      ],
      headers: [{ name: 'X-Trace', value: 't-1', enabled: true }],
      body: { kind: 'json', text: '{\n  "amount": 9.5,\n  "tags": [\n    "a"\n  ]\n}', asTyped: false },
      docs: 'Makes one.',
      assertions: [{ expression: 'res.status', operator: 'eq', value: '201', enabled: true }],
    },
    [made],
  )
  const read = requestItem({
    name: 'Read an order',
    url: '{{baseUrl}}/orders/:id',
    params: [{ name: 'id', value: '7', enabled: true, kind: 'path', description: 'Which.' }],
    auth: { kind: 'basic', username: 'ada', password: '{{password}}' },
  })
  const form = requestItem({
    name: 'Log in',
    method: 'POST',
    url: '{{baseUrl}}/login',
    auth: { kind: 'none' },
    body: {
      kind: 'form',
      rows: [
        { name: 'user', value: 'ada', enabled: true },
        { name: 'remember', value: 'true', enabled: false },
      ],
    },
  })
  const upload = requestItem({
    name: 'Upload',
    method: 'POST',
    url: '{{baseUrl}}/files',
    body: {
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'note', value: 'hello', enabled: true, contentType: '', headers: [] },
        { kind: 'file', name: 'photo', files: ['cat.png'], filename: '', enabled: true, contentType: 'image/png', headers: [] },
      ],
    },
  })
  const raw = requestItem({ name: 'Put a text', method: 'PUT', url: '{{baseUrl}}/notes', body: { kind: 'text', text: 'a\nb' } })
  return tree([folderItem('Orders', [order, read], { docs: 'What was bought.' }), form, upload, raw], {
    docs: 'All of it.',
    defaults: {
      headers: [],
      auth: { kind: 'bearer', token: '{{token}}' },
      variables: [
        variable('baseUrl', 'https://shop.example.com'),
        variable('token', '', { secret: true }),
        variable('password', '', { secret: true }),
      ],
      options: {},
    },
    environments: [
      {
        name: 'Local',
        extends: null,
        dotEnvPath: null,
        color: null,
        variables: [variable('baseUrl', 'http://localhost:{{port}}'), variable('port', '8080')],
      },
    ],
  })
}
