/** What Bruno says of a folder or a collection, and of the environments and settings around it. */
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Adapter, Defaults, Session } from '#contract/model/session.ts'
import type { ImportedEnvironment } from '../imported.ts'
import { at, flagOf, isRecord, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { variablesOf } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { noteDynamics } from '../collection-parts/references.ts'
import { readBrunoAuth } from './bruno-auth.ts'
import { brunoRow, readBrunoScripts, readBrunoVariable, readBrunoVariables } from './bruno-request.ts'

interface BrunoPlace {
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly docs: string
  readonly secrets: Readonly<Record<string, string>>
}

/** @param root what a folder's file says: `{ request, docs }` */
export function readPlace(root: Loose, notes: NotesHere, options: Options = {}): BrunoPlace {
  const request = recordOf(at(root, 'request'))
  const { variables, secrets } = readBrunoVariables(at(at(request, 'vars'), 'req'))
  noteDynamics([at(request, 'headers'), at(request, 'auth'), variables], notes)
  return {
    defaults: {
      headers: recordsOf(at(request, 'headers')).map(brunoRow),
      auth: readBrunoAuth(at(request, 'auth'), notes),
      variables,
      options,
    },
    scripts: readBrunoScripts(request, notes),
    docs: textOf(at(root, 'docs')) || textOf(at(request, 'docs')),
    secrets,
  }
}

export function readBrunoEnvironment(value: Loose, name: string, notes: NotesHere): ImportedEnvironment {
  const { variables, secrets } = variablesOf(recordsOf(at(value, 'variables')).map(readBrunoVariable))
  noteDynamics(variables, notes.in(name))
  const dotEnvPath = textOf(at(value, 'dotEnvFilePath')) || null
  return { environment: { name, extends: null, dotEnvPath, color: textOf(at(value, 'color')) || null, variables }, secrets }
}

/** That scripts behind an answer run in another order here; the order of an OpenCollection is read from its own file. */
export function noteScriptFlow(config: Loose, notes: NotesHere): void {
  if (textOf(at(recordOf(at(config, 'scripts')), 'flow')) !== 'sequential') return
  notes.changed('Scripts behind an answer run from the inside out: the request’s own first, the collection’s last.')
}

/** The proxy of `bruno.json`, where it has one of its own. */
export function readBrunoProxy(config: Loose, notes: NotesHere): Options {
  const said = recordOf(at(config, 'proxy'))
  // Newer files say in `inherit` whether the program's own proxy holds, and keep the rest in `config`.
  const proxy = isRecord(at(said, 'config')) ? recordOf(at(said, 'config')) : said
  const isOn = isRecord(at(said, 'config'))
    ? flagOf(at(said, 'inherit')) === false && flagOf(at(said, 'disabled')) !== true
    : flagOf(at(said, 'enabled')) === true
  const host = textOf(at(proxy, 'hostname'))
  if (!isOn || host === '') return {}
  const auth = recordOf(at(proxy, 'auth'))
  const hasAuth = flagOf(at(auth, 'enabled')) === true || (flagOf(at(auth, 'disabled')) === false && textOf(at(auth, 'username')) !== '')
  const login = hasAuth ? `${encoded(textOf(at(auth, 'username')))}:${encoded(textOf(at(auth, 'password')))}@` : ''
  const port = textOf(at(proxy, 'port'))
  const protocol = textOf(at(proxy, 'protocol')) || 'http'
  if (!/^(?:https?|socks[45]|socks4a|socks5h)$/.test(protocol)) {
    notes.lost(`There are no proxies of the kind ${protocol} here.`)
    return {}
  }
  const bypass = textOf(at(proxy, 'bypassProxy'))
  return { proxies: { all: `${protocol}://${login}${host}${port === '' ? '' : `:${port}`}` }, ...(bypass !== '' && { noProxy: bypass }) }
}

function encoded(text: string): string {
  return text.includes('{{') ? text : encodeURIComponent(text.toWellFormed())
}

/** Client certificates of `bruno.json`, by domain, as what the default session has for URLs of that domain. */
export function readBrunoCertificates(config: Loose): Session[] {
  const certificates = at(config, 'clientCertificates')
  if (flagOf(at(certificates, 'enabled')) === false) return []
  const adapters = recordsOf(at(certificates, 'certs')).flatMap((one): Adapter[] => {
    const text = (key: string): string => textOf(at(one, key))
    if (text('domain') === '') return []
    const files = text('type') === 'pfx' ? { pfx: text('pfxFilePath') } : { cert: text('certFilePath'), key: text('keyFilePath') }
    const passphrase = text('passphrase')
    return [{ prefix: `https://${text('domain')}/`, cert: { ...files, ...(passphrase !== '' && { passphrase }) } }]
  })
  if (adapters.length === 0) return []
  return [{ name: DEFAULT_SESSION, headers: [], params: [], cookies: [], auth: { kind: 'none' }, options: {}, adapters }]
}
