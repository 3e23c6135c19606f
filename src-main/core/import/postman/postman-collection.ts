/**
 * A Postman collection, version 2.0 or 2.1: items in folders, each with what it says of credentials, variables, scripts
 * and sending. What a folder says is given to everything in it, as here.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults } from '#contract/model/session.ts'
import { readChecksComment } from '../../lib/checks-comment.ts'
import { checkFields } from '../../lib/request-checks.ts'
import { importedFolder, importedRequest, plainRequest, type ImportedFolder, type ImportedItem, type ImportedRequest } from '../imported.ts'
import {
  at,
  describedBy,
  firstText,
  flagOf,
  inShort,
  isRecord,
  listOf,
  recordOf,
  recordsOf,
  textOf,
  type Loose,
} from '../collection-parts/loose.ts'
import { readVariable, variablesOf, type ReadVariable } from '../collection-parts/model.ts'
import { noteScripts } from '../collection-parts/note-scripts.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { noteDynamics } from '../collection-parts/references.ts'
import { readPostmanAuth } from './postman-auth.ts'
import { readPostmanBody, readPostmanHeaders } from './postman-body.ts'
import { readExamples } from './postman-examples.ts'
import { readBehaviour, readCertificate, readProxy, sentBody } from './postman-options.ts'
import { readPostmanUrl } from './postman-url.ts'

/** What is around an item. */
interface Around {
  /** Of a request that says nothing: `none` below a place that says there are no credentials, which ours cannot say. */
  readonly silentAuth: 'inherit' | 'none'
  readonly behaviour: Loose
}

export interface ReadCollection extends Pick<ImportedFolder, 'name' | 'docs' | 'defaults' | 'scripts' | 'items'> {
  readonly secrets: Readonly<Record<string, string>>
}

/** @param collection the object that has `info` and `item` */
export function readCollection(collection: Loose, notes: NotesHere): ReadCollection {
  const info = recordOf(at(collection, 'info'))
  const { defaults, secrets, around } = readDefaults(collection, { silentAuth: 'inherit', behaviour: {} }, notes)
  return {
    name: firstText(info, 'name') || firstText(collection, 'name'),
    docs: describedBy(at(info, 'description')) || describedBy(at(collection, 'description')),
    defaults,
    scripts: notedScripts(at(collection, 'event'), notes),
    items: readItems(at(collection, 'item'), around, notes),
    secrets,
  }
}

function readItems(value: unknown, around: Around, notes: NotesHere): ImportedItem[] {
  return listOf(value).flatMap((item, index): ImportedItem[] => {
    if (!isRecord(item)) {
      notes.lost(`Item ${index + 1} is no request and no folder.`)
      return []
    }
    const here = notes.in(nameOf(item))
    return [Array.isArray(at(item, 'item')) ? readFolder(item, around, here) : readItem(item, around, here)]
  })
}

function readFolder(folder: Loose, outer: Around, notes: NotesHere): ImportedFolder {
  const { defaults, secrets, around } = readDefaults(folder, outer, notes)
  return importedFolder(nameOf(folder), readItems(at(folder, 'item'), around, notes), {
    docs: describedBy(at(folder, 'description')),
    defaults,
    scripts: notedScripts(at(folder, 'event'), notes),
    secrets,
  })
}

function readDefaults(
  place: Loose,
  outer: Around,
  notes: NotesHere,
): { readonly defaults: Defaults; readonly secrets: Readonly<Record<string, string>>; readonly around: Around } {
  const auth = readPostmanAuth(at(place, 'auth'), notes)
  const own = recordOf(at(place, 'protocolProfileBehavior'))
  const { variables, secrets } = variablesOf(recordsOf(at(place, 'variable')).flatMap(postmanVariable))
  noteDynamics([at(place, 'auth'), at(place, 'variable')], notes)
  return {
    defaults: { headers: [], auth: auth ?? { kind: 'none' }, variables, options: readBehaviour(own, notes) },
    secrets,
    around: {
      silentAuth: auth === null ? outer.silentAuth : auth.kind === 'none' ? 'none' : 'inherit',
      behaviour: { ...outer.behaviour, ...own },
    },
  }
}

/** A variable of a collection or an environment. */
export function postmanVariable(entry: Loose): ReadVariable[] {
  const name = firstText(entry, 'key', 'id', 'name')
  if (name === '') return []
  return [
    readVariable({
      name,
      value: textOf(at(entry, 'value')),
      enabled: flagOf(at(entry, 'disabled')) !== true && flagOf(at(entry, 'enabled')) !== false,
      secret: textOf(at(entry, 'type')) === 'secret' || flagOf(at(entry, 'secret')) === true,
      description: describedBy(at(entry, 'description')),
    }),
  ]
}

function readItem(item: Loose, around: Around, notes: NotesHere): ImportedRequest {
  const request = at(item, 'request')
  const fields = isRecord(request) ? request : { url: request }
  const method = textOf(at(fields, 'method')).trim() || 'GET'
  const own = recordOf(at(item, 'protocolProfileBehavior'))
  const behaviour = { ...around.behaviour, ...own }
  const { body, headers } = readPostmanBody(at(fields, 'body'), readPostmanHeaders(at(fields, 'header')), notes)
  const { variables, secrets } = variablesOf(recordsOf(at(item, 'variable')).flatMap(postmanVariable))
  const { scripts, checks } = checksOf(readScripts(at(item, 'event'), notes))
  noteScripts(scripts, notes)
  for (const name of Object.keys(secrets)) notes.lost(`The value of the secret variable ${name} of this request has to be typed in again.`)
  noteDynamics(fields, notes)
  const document: Partial<RequestDocument> = {
    method,
    ...readPostmanUrl(at(fields, 'url'), notes),
    headers: [...headers],
    body: sentBody(method, body, behaviour, notes),
    auth: readPostmanAuth(at(fields, 'auth'), notes) ?? { kind: around.silentAuth },
    options: {
      ...readBehaviour(own, notes),
      ...readProxy(at(fields, 'proxy'), notes),
      ...readCertificate(at(fields, 'certificate'), notes),
    },
    variables,
    ...(scripts.length > 0 && { scripts: [...scripts] }),
    ...checks,
    docs: describedBy(at(fields, 'description')) || describedBy(at(item, 'description')),
  }
  return importedRequest(plainRequest(nameOf(item), document), readExamples(at(item, 'response'), fields))
}

const SCRIPT_TYPES: Readonly<Record<string, string>> = { prerequest: 'before-request', test: 'tests' }

function notedScripts(value: unknown, notes: NotesHere): Script[] {
  const scripts = readScripts(value, notes)
  noteScripts(scripts, notes)
  return scripts
}

/** Scripts of a place. Those that were switched off are left out, as nothing here could switch them on. */
function readScripts(value: unknown, notes: NotesHere): Script[] {
  return recordsOf(value).flatMap((event) => {
    const listen = textOf(at(event, 'listen'))
    const script = at(event, 'script')
    const code = scriptText(isRecord(script) ? at(script, 'exec') : script)
    const source = at(script, 'src')
    if (source !== undefined && source !== null) notes.lost('A script that stands at another place is not fetched.')
    if (code.trim() === '') return []
    if (flagOf(at(event, 'disabled')) === true) {
      notes.lost('A script that was switched off was left out.')
      return []
    }
    const type = Object.hasOwn(SCRIPT_TYPES, listen) ? SCRIPT_TYPES[listen] : undefined
    return [{ type: type ?? listen, code }]
  })
}

/** Checks that an export of ours wrote as lines of a script are checks again. */
function checksOf(scripts: readonly Script[]): {
  readonly scripts: readonly Script[]
  readonly checks: Pick<RequestDocument, 'assertions' | 'captures' | 'raiseForStatus'>
} {
  for (const script of scripts) {
    const found = script.type === 'tests' ? readChecksComment(script.code) : null
    if (!found) continue
    const others = scripts.flatMap((one) => (one !== script ? [one] : found.rest === '' ? [] : [{ ...one, code: found.rest }]))
    return {
      scripts: others,
      checks: checkFields(found.checks),
    }
  }
  return { scripts, checks: {} }
}

function scriptText(exec: unknown): string {
  return Array.isArray(exec) ? exec.map(textOf).join('\n') : textOf(exec)
}

function nameOf(item: Loose): string {
  const request = at(item, 'request')
  const url = isRecord(request) ? at(request, 'url') : request
  return firstText(item, 'name') || inShort(firstText(url, 'raw') || (typeof url === 'string' ? url : '')) || 'Untitled'
}
