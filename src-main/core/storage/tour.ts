/**
 * The tour: requests to the built-in echo server, in the order in which a newcomer needs them, each with notes that teach one
 * thing and lead on to the next. It works with no network. Plain data; `tour-words` says it, `tour-files` writes it.
 */
import type { Language } from '#contract/model/language.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Defaults, Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { TOUR_WORDS } from './tour-words.ts'

interface TourStep {
  /** Whether it is in the folder, rather than in the collection itself. */
  readonly isInFolder: boolean
  readonly document: RequestDocument
}

export interface Tour {
  readonly name: string
  readonly folder: string
  /** In the order of the tree. */
  readonly steps: readonly TourStep[]
  /** A variable of the collection, and environments with values of their own. */
  readonly defaults: Defaults
  readonly folderDefaults: Defaults
  readonly environments: readonly Environment[]
  /** What a step uploads. */
  readonly file: { readonly name: string; readonly text: string }
}

const FILE = 'hello.txt'
const SENT: readonly Sent[] = [
  { words: 'params', method: 'GET', path: '/get?hello=world&page=1' },
  {
    words: 'json',
    method: 'POST',
    path: '/post',
    rest: {
      body: { kind: 'json', text: '{\n  "name": "Ada",\n  "languages": ["Python", "TypeScript"],\n  "active": true\n}', asTyped: false },
    },
  },
  {
    words: 'file',
    method: 'POST',
    path: '/post',
    rest: {
      body: {
        kind: 'multipart',
        parts: [
          { kind: 'text', name: 'title', value: 'Hello', enabled: true, contentType: '', headers: [] },
          { kind: 'file', name: 'file', files: [FILE], filename: '', enabled: true, contentType: '', headers: [] },
        ],
      },
    },
  },
  { words: 'variable', method: 'GET', path: '/get?greeting={{greeting}}' },
  {
    words: 'capture',
    method: 'POST',
    path: '/post',
    rest: {
      body: { kind: 'json', text: '{"token": "{{$uuid}}"}', asTyped: false },
      captures: [{ name: 'token', expression: 'res.body.json.token', scope: 'runtime', enabled: true }],
    },
  },
  { words: 'bearer', isInFolder: true, method: 'GET', path: '/bearer', rest: { auth: { kind: 'inherit' } } },
  {
    words: 'assertions',
    method: 'GET',
    path: '/json',
    rest: {
      assertions: [
        { expression: 'res.status', operator: 'eq', value: '200', enabled: true },
        { expression: "res.headers['content-type']", operator: 'contains', value: 'json', enabled: true },
      ],
    },
  },
  { words: 'redirects', method: 'GET', path: '/redirect/3' },
]

/** What a step sends. */
interface Sent {
  readonly words: keyof (typeof TOUR_WORDS)['en']['steps']
  readonly isInFolder?: boolean
  readonly method: string
  /** Behind `{{$echo}}`, the echo server's address. */
  readonly path: string
  readonly rest?: Partial<RequestDocument>
}

export function tourIn(language: Language): Tour {
  const { tour, folder, steps, nextStep, end, greeting, environments, fileText } = TOUR_WORDS[language]
  /** What the notes of a step end with. Notes name the file of a request, relative to their own. */
  const leadFrom = (index: number): string => {
    const next = SENT[index + 1]
    if (next === undefined) return end(`${steps.params.name}.yml`)
    const isHere = (next.isInFolder ?? false) === (SENT[index]?.isInFolder ?? false)
    const { name } = steps[next.words]
    return `[${nextStep}${name}](<${isHere ? '' : next.isInFolder ? `${folder}/` : '../'}${name}.yml>)`
  }
  return {
    name: tour,
    folder,
    steps: SENT.map(({ words, isInFolder = false, method, path, rest }, index) => {
      const { name, notes } = steps[words]
      const docs = `${notes}\n\n${leadFrom(index)}`
      return { isInFolder, document: { ...emptyRequest(name), method, ...reconcile(`{{$echo}}${path}`, []), ...rest, docs } }
    }),
    defaults: { headers: [], auth: { kind: 'none' }, variables: [variable('greeting', greeting)], options: {} },
    folderDefaults: { headers: [], auth: { kind: 'bearer', token: '{{token}}' }, variables: [], options: {} },
    environments: environments.map((one) => environment(one.name, [variable('greeting', one.greeting)])),
    file: { name: FILE, text: fileText },
  }
}

function variable(name: string, value: string): Variable {
  return { name, value, enabled: true }
}

function environment(name: string, variables: readonly Variable[]): Environment {
  return { name, extends: null, dotEnvPath: null, color: null, variables: [...variables] }
}
