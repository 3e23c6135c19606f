/**
 * The samples of the very first start: requests to the built-in echo server, so that everything can be tried with no
 * network. Plain data; `welcome-files` writes them.
 */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { reconcile } from '#contract/model/url-query.ts'

export const WELCOME_COLLECTION = 'My requests'
export const WELCOME_FOLDER = 'Welcome'

/** In the order in which they stand. `{{$echo}}` is the echo server's address. */
export const WELCOME_REQUESTS: readonly RequestDocument[] = [
  sample('Get with a query', 'GET', '/get?hello=world&page=1', {
    docs: 'The server answers with what it received. Change the URL or the Params table: each follows the other.',
  }),
  sample('Post JSON', 'POST', '/post', {
    body: { kind: 'json', text: '{\n  "name": "Ada",\n  "languages": ["Python", "TypeScript"],\n  "active": true\n}', asTyped: false },
    docs: 'The Content-Type is added for you; see “Prepared request” for exactly what will be sent.',
  }),
  sample('Post a form', 'POST', '/post', {
    body: { kind: 'form', rows: [row('custname', 'Ada'), row('size', 'large'), row('topping', 'cheese'), row('topping', 'onion')] },
    docs: 'Fields as an HTML form sends them. A name may come twice.',
  }),
  sample('Post a multipart form', 'POST', '/post', {
    body: {
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'title', value: 'Holiday', enabled: true, contentType: '', headers: [] },
        { kind: 'text', name: 'metadata', value: '{"album": "Sea"}', enabled: true, contentType: 'application/json', headers: [] },
      ],
    },
    docs: 'Drop files on the window to add them as parts. Each part can have its own type, file name and headers.',
  }),
  sample('Put', 'PUT', '/put', {
    body: { kind: 'json', text: '{"name": "Ada Lovelace"}', asTyped: false },
    docs: 'Replaces a thing as a whole.',
  }),
  sample('Patch', 'PATCH', '/patch', {
    body: { kind: 'json', text: '{"active": false}', asTyped: false },
    docs: 'Changes a part of a thing.',
  }),
  sample('Delete', 'DELETE', '/delete', { docs: 'A DELETE may have a body, too; this one has none.' }),
  sample('Headers and cookies', 'GET', '/headers', {
    headers: [row('X-Custom-Header', 'value'), { ...row('X-Off', 'not sent'), enabled: false }],
    cookies: [row('flavour', 'oat')],
    docs: 'A row without its tick is kept, but not sent.',
  }),
  sample('Follow redirects', 'GET', '/redirect/3', {
    docs: 'Every step is shown under “Redirects”. Switch following off, or limit it, under “Options”.',
  }),
  sample('Set a cookie', 'GET', '/cookies/set?flavour=oat', {
    docs: 'The cookie is kept and sent with the redirect that follows.',
  }),
  sample('Basic authentication', 'GET', '/basic-auth/user/password', {
    auth: { kind: 'basic', username: 'user', password: 'password' },
    docs: 'With another password the server answers 401.',
  }),
  sample('Compressed answer', 'GET', '/gzip', { docs: 'The answer comes compressed and is shown decoded; “Size” tells both.' }),
  sample('Picture', 'GET', '/image/png', { docs: 'Pictures are shown under “Preview”.' }),
  sample('Not found', 'GET', '/status/404', { docs: 'An answer of 404 is an answer, not a failure.' }),
  sample('Slow answer', 'GET', '/delay/5', {
    options: { timeout: { read: 10 } },
    docs: 'Answers after five seconds: time enough to press Cancel. Set the timeouts under “Options”.',
  }),
]

function sample(name: string, method: string, path: string, rest: Partial<RequestDocument>): RequestDocument {
  return { ...emptyRequest(name), method, ...reconcile(`{{$echo}}${path}`, []), ...rest }
}

function row(name: string, value: string): { name: string; value: string; enabled: boolean } {
  return { name, value, enabled: true }
}
