/** The gate and the captures of a request as lines of a script, which is all that Postman has for them. */
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'

/** Postman has no variables of folders, and its `pm.variables` end with a request. */
const SCOPES: Readonly<Record<string, string>> = {
  runtime: 'pm.environment',
  environment: 'pm.environment',
  folder: 'pm.collectionVariables',
  collection: 'pm.collectionVariables',
}

/** A script of them; none where there is nothing to say. */
export function postmanChecks({ raiseForStatus, captures = [] }: RequestDocument, lost: (message: string) => void): Script[] {
  const gate = raiseForStatus === true ? ["pm.test('raise_for_status', () => pm.expect(pm.response.code).to.be.below(400))"] : []
  const lines = captures
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, expression, scope }) => {
      const value = valueOf(expression.trim())
      if (value === null) lost(`The capture of ${expression} is not exported.`)
      const holder = (Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined) ?? 'pm.environment'
      return value === null ? [] : [`${holder}.set(${JSON.stringify(name)}, ${value})`]
    })
  const guarded =
    raiseForStatus === true && lines.length > 0 ? ['if (pm.response.code < 400) {', ...lines.map((line) => `  ${line}`), '}'] : lines
  const code = [...gate, ...guarded]
  return code.length === 0 ? [] : [{ type: 'tests', code: code.join('\n') }]
}

function valueOf(expression: string): string | null {
  if (expression === 'res.status') return 'pm.response.code'
  if (expression === 'res.text' || expression === 'res.body') return 'pm.response.text()'
  if (expression === 'res.responseTime') return 'pm.response.responseTime'
  const header = /^res\.headers(?:\.([\w-]+)|\[(['"])([^'"\]]+)\2\])$/.exec(expression)
  if (header) return `pm.response.headers.get(${JSON.stringify(header[1] ?? header[3] ?? '')})`
  const path = /^res\.body((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\[(['"])[^'"\]]+\2\])+)$/.exec(expression)?.[1]
  if (path !== undefined) return `pm.response.json()${path}`
  const cookie = /^res\.cookies\.([\w-]+)$/.exec(expression)?.[1]
  return cookie === undefined ? null : `pm.cookies.get(${JSON.stringify(cookie)})`
}
