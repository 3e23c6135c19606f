/**
 * The tour: requests to the built-in echo server, in the order in which a newcomer needs them, each with notes that teach one
 * thing and lead on to the next. It works with no network. Plain data; `tour-files` writes it.
 */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Defaults, Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { reconcile } from '#contract/model/url-query.ts'

export const TOUR_COLLECTION = 'Welcome'

interface TourStep {
  /** Folder it is in; absent: the collection itself. */
  readonly folder?: string
  readonly document: RequestDocument
}

/** The folder whose credentials its requests have. */
export const TOUR_FOLDER = '6 Signed in'
const TOKEN_STEP = '5 A value for later'
const BEARER_STEP = 'Who am I'

/** In the order of the tree. `{{$echo}}` is the echo server's address. Notes name the next file: see `next`. */
export const TOUR_STEPS: readonly TourStep[] = [
  step('1 Query params', 'GET', '/get?hello=world&page=1', {
    docs: notes(
      'Press **Send**: the built-in echo server answers with what it received, and nothing leaves this machine. Then change `page` in Params or in the address: each follows the other.',
      '2 JSON body.yml',
    ),
  }),
  step('2 JSON body', 'POST', '/post', {
    body: { kind: 'json', text: '{\n  "name": "Ada",\n  "languages": ["Python", "TypeScript"],\n  "active": true\n}', asTyped: false },
    docs: notes(
      'The text under **Body** is sent as it stands, and the Content-Type is added. **Prepared request**, below, shows all that will be sent, before it is.',
      '3 A file.yml',
    ),
  }),
  step('3 A file', 'POST', '/post', {
    body: {
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'title', value: 'Hello', enabled: true, contentType: '', headers: [] },
        { kind: 'file', name: 'file', files: ['hello.txt'], filename: '', enabled: true, contentType: '', headers: [] },
      ],
    },
    docs: notes(
      'A form with a text and a file, as web pages upload them. Drop a file of your own anywhere on the window and send again: it is read while it is sent, however large it is.',
      '4 A variable.yml',
    ),
  }),
  step('4 A variable', 'GET', '/get?greeting={{greeting}}', {
    docs: notes(
      '`{{greeting}}` is a variable of this collection. Choose the environment **French** on top and send again: its value comes first. More in [the manual](manual:variables).',
      `${TOKEN_STEP}.yml`,
    ),
  }),
  step(TOKEN_STEP, 'POST', '/post', {
    body: { kind: 'json', text: '{"token": "{{$uuid}}"}', asTyped: false },
    captures: [{ name: 'token', expression: 'res.body.json.token', scope: 'runtime', enabled: true }],
    docs: notes(
      'Send it: a capture under **Tests** takes `token` out of the answer and into a variable, here one that is made anew each time. The next request uses it.',
      `${TOUR_FOLDER}/${BEARER_STEP}.yml`,
    ),
  }),
  {
    folder: TOUR_FOLDER,
    document: step(BEARER_STEP, 'GET', '/bearer', {
      auth: { kind: 'inherit' },
      docs: notes(
        'Its **Auth** is inherited: the folder says “Bearer `{{token}}`” once, for every request in it. Without step 5 there is no token yet, and Posthaste says so before it sends anything.',
        '../7 Assertions.yml',
      ),
    }).document,
  },
  step('7 Assertions', 'GET', '/json', {
    assertions: [
      { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
      { expression: "res.headers['content-type']", operator: 'contains', value: 'json', enabled: true },
    ],
    docs: notes(
      'What the answer must be stands under **Tests**, and what held stands beside the answer. Change 200 to 201 and send again to see one fail. More in [the manual](manual:assertions).',
      '8 Redirects.yml',
    ),
  }),
  step('8 Redirects', 'GET', '/redirect/3', {
    docs: [
      'Every hop is kept: look under **Redirects** beside the answer. How many are followed, or none, is said under **Options**.',
      'That was the tour: [back to its beginning](<1 Query params.yml>), or read on in [the manual](manual:). Delete it when you like; Help brings it back.',
    ].join('\n\n'),
  }),
]

/** A variable of the collection, and environments with values of their own. */
export const TOUR_DEFAULTS: Defaults = { headers: [], auth: { kind: 'none' }, variables: [variable('greeting', 'Hello')], options: {} }
export const TOUR_FOLDER_DEFAULTS: Defaults = { headers: [], auth: { kind: 'bearer', token: '{{token}}' }, variables: [], options: {} }
export const TOUR_ENVIRONMENTS: readonly Environment[] = [
  environment('French', [variable('greeting', 'Bonjour')]),
  environment('Spanish', [variable('greeting', 'Hola')]),
]
/** What step 3 uploads. */
export const TOUR_FILE = { name: 'hello.txt', text: 'Hello from a file.\n' }

function step(name: string, method: string, path: string, rest: Partial<RequestDocument>): TourStep {
  return { document: { ...emptyRequest(name), method, ...reconcile(`{{$echo}}${path}`, []), ...rest } }
}

/** @param next file of the next step, relative to this one's folder */
function notes(text: string, next: string): string {
  const name = next.replace(/^.*\//, '').replace(/\.yml$/, '')
  return `${text}\n\n[Next step: ${name}](<${next}>)`
}

function variable(name: string, value: string): Variable {
  return { name, value, enabled: true }
}

function environment(name: string, variables: readonly Variable[]): Environment {
  return { name, extends: null, dotEnvPath: null, color: null, variables: [...variables] }
}
