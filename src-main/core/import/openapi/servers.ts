/** Servers as environments that set `baseUrl`; what is variable in an address is a variable beside it. */
import type { Environment } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { NoteBook } from './notebook.ts'
import type { SpecNode } from './spec-node.ts'

export const BASE_URL = 'baseUrl'

export interface Server {
  readonly name: string
  /** With `{{name}}` for each of its variables; without a slash at its end. */
  readonly url: string
  readonly variables: readonly Variable[]
}

/** Stands where a description does not say on which host it is. */
const NO_HOST = 'http://localhost'

/** The servers of a description; at least one. */
export function serversOf(root: SpecNode, notes: NoteBook): Server[] {
  const servers = root.get('swagger').exists ? legacyServers(root) : root.get('servers').items().map(serverOf)
  const whole = (servers.length === 0 ? [{ name: 'default', url: '/', variables: [] }] : servers).map((server) => placed(server, notes))
  const taken = new Set<string>()
  return whole.map((server) => ({ ...server, name: free(server.name, taken) }))
}

/** Servers of a path or an operation alone; null where it has none. */
export function ownServer(node: SpecNode, notes: NoteBook): Server | null {
  const [first] = node.get('servers').items()
  return first ? placed(serverOf(first), notes) : null
}

export function environmentOf({ name, url, variables }: Server): Environment {
  const base: Variable = { name: BASE_URL, value: url, enabled: true }
  return { name, extends: null, dotEnvPath: null, color: null, variables: [base, ...variables] }
}

function serverOf(node: SpecNode): Server {
  const variables = node
    .get('variables')
    .entries()
    .map(([name, variable]): Variable => {
      const words = variable
        .get('enum')
        .items()
        .map(({ value }) => String(value))
      const choice = words.length > 0 ? `One of ${words.slice(0, 20).join(', ')}.` : ''
      const description = [variable.text('description').trim(), choice].filter((part) => part !== '').join(' ')
      return { name, value: variable.text('default'), enabled: true, ...(description !== '' && { description }) }
    })
  const url = node.text('url').replace(/\{([^{}]*)\}/g, '{{$1}}')
  return { name: node.text('description').trim().split('\n')[0]?.slice(0, 80) || hostOf(url), url, variables }
}

/** `host`, `basePath` and `schemes` of Swagger 2.0, https first. */
function legacyServers(root: SpecNode): Server[] {
  const host = root.text('host')
  const path = root.text('basePath')
  const schemes = root
    .get('schemes')
    .items()
    .flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const used = schemes.filter((scheme) => /^https?$/.test(scheme)).toSorted((one, other) => other.length - one.length)
  if (host === '') return [{ name: 'default', url: path || '/', variables: [] }]
  return (used.length > 0 ? used : ['https']).map((scheme) => ({
    name: `${host} (${scheme})`,
    url: `${scheme}://${host}${path}`,
    variables: [],
  }))
}

function placed(server: Server, notes: NoteBook): Server {
  const url = server.url.trim().replace(/\/+$/, '')
  if (/^(?:[a-z][a-z\d+.-]*:\/\/|\{\{)/i.test(url)) return { ...server, url }
  if (url.startsWith('//')) return { ...server, url: `https:${url}` }
  notes.add('changed', '', `The description does not say on which host it is: ${NO_HOST} stands for it in ${BASE_URL}.`)
  return { ...server, url: `${NO_HOST}${url === '' || url.startsWith('/') ? '' : '/'}${url}` }
}

function hostOf(url: string): string {
  const host = /^[a-z][a-z\d+.-]*:\/\/([^/?#]+)/i.exec(url)?.[1] ?? ''
  return host.replace(/\{\{|\}\}/g, '') || 'default'
}

function free(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name} ${number}`
    if (taken.has(wanted.toLowerCase())) continue
    taken.add(wanted.toLowerCase())
    return wanted
  }
}
