/** References of .http files as ours: names stay, values made anew become those that we make, others are a note. */
import type { Notes } from '../notes.ts'
import type { NamedAnswers } from './named-answers.ts'
import { DYNAMIC_NAMES, withReferences } from '../collection-parts/references.ts'

/** Dynamic values of JetBrains and VS Code, without their arguments, by ours. */
const OURS: Readonly<Record<string, string>> = {
  $guid: '$guid',
  $uuid: '$uuid',
  '$random.uuid': '$uuid',
  $timestamp: '$timestamp',
  $isoTimestamp: '$isoTimestamp',
  $datetime: '$isoTimestamp',
  $localDatetime: '$isoTimestamp',
  $randomInt: '$randomInt',
  '$random.integer': '$randomInt',
  '$random.float': '$randomFloat',
  '$random.email': '$randomEmail',
  '$random.hexadecimal': '$randomHexadecimal',
  '$random.alphanumeric': '$randomAlphaNumeric',
}

/** @param answers of the requests that others refer to by name */
export function ownReferences(text: string, say: Notes['add'], answers?: NamedAnswers): string {
  return withReferences(text, '{{', '}}', (inner) => {
    const whole = inner.trim().replace(/^%/, '')
    const process = /^\$(?:processEnv\s+%?|env\.)([A-Za-z_]\w*)$/.exec(whole)?.[1]
    if (process !== undefined) return `{{process.env.${process}}}`
    const dotenv = /^\$dotenv\s+%?([\w.-]+)$/.exec(whole)?.[1]
    if (dotenv !== undefined) {
      say('changed', `{{$dotenv ${dotenv}}} stands as {{${dotenv}}}: name the .env file in an environment.`)
      return `{{${dotenv}}}`
    }
    if (!whole.startsWith('$')) {
      const captured = answers?.variableOf(whole, say) ?? null
      if (captured !== null) return `{{${captured}}}`
      if (/\.(?:request|response)\./.test(whole))
        say('lost', `{{${whole.split('.')[0] ?? ''}…}} is a value of another request: capture it there into a variable.`)
      return whole === inner ? null : `{{${whole}}}`
    }
    return dynamic(whole, say)
  })
}

function dynamic(whole: string, say: Notes['add']): string | null {
  const [, name = '', more = ''] = /^(\$[\w.]+)(.*)$/s.exec(whole) ?? []
  const own = Object.hasOwn(OURS, name) ? OURS[name] : DYNAMIC_NAMES.has(name) ? name : undefined
  if (own === undefined) {
    say('lost', `There is no dynamic value ${name}: give it a variable.`)
    return null
  }
  const isPlain = more.trim() === '' || (name === '$datetime' && /^\s*iso8601\s*$/.test(more))
  if (!isPlain) say('changed', `${name} has arguments, which {{${own}}} has not.`)
  return `{{${own}}}`
}
