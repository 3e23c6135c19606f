/** R, by httr2. */
import { proxyLoginOf, proxyOf, untoldOptions, untoldParts, withoutLogin, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { addressLiterals, cString, literals, textOf, type LiteralRules, type Text } from '../literals.ts'

export function generateR(request: CodeRequest): Code {
  const join = (all: readonly string[]): string => `paste0(${all.join(', ')})`
  const rules: LiteralRules = { quote: (value) => cString(value), env: (name) => `Sys.getenv("${name}")`, join }
  const text = literals(request.placeholders, rules)
  const address = addressLiterals(request.placeholders, rules, (value) => `URLencode(${value}, reserved = TRUE)`)
  const { method, url, login, follows, options, body } = request
  const headers = withoutLogin(request)
  const proxy = proxyOf(request)
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const notes: CodeNote[] = [
    ...request.notes,
    ...untoldParts(request, ['textType', 'fileType', 'filename']),
    ...untoldOptions(request, ['verify', 'proxies', 'proxyDigest', 'timeout', 'maxRedirects']),
  ]
  // The type of a body is said beside it, or httr2 says its own.
  const own = body.kind === 'none' ? headers : headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const byName = Map.groupBy(own, ([name]) => name)
  const named = [...byName].map(([name, lines]) => {
    const values = lines.map(([, value]) => text(value))
    return `    ${rName(name)} = ${values.length === 1 ? values[0] : `c(${values.join(', ')})`}`
  })
  const curl = [
    ...(follows ? [] : ['followlocation = 0L']),
    ...(options.maxRedirects === undefined ? [] : [`maxredirs = ${options.maxRedirects}L`]),
    ...(options.verify === false ? ['ssl_verifypeer = 0L', 'ssl_verifyhost = 0L'] : []),
    ...(typeof options.verify === 'string' ? [`cainfo = ${text(options.verify)}`] : []),
    ...(options.timeout?.connect ? [`connecttimeout_ms = ${Math.round(options.timeout.connect * 1000)}L`] : []),
    ...(options.timeout?.total ? [`timeout_ms = ${Math.round(options.timeout.total * 1000)}L`] : []),
    ...(proxy === null ? [] : [`proxy = ${text(proxy)}`]),
    // CURLAUTH_ANY
    ...(proxyLoginOf(request) === null ? [] : ['proxyauth = -17L']),
    // CURLAUTH_DIGEST
    ...(login?.scheme === 'digest' ? ['httpauth = 2L', `userpwd = ${text(`${login.username}:${login.password}`)}`] : []),
  ]
  const steps = [
    `request(${address(url)})`,
    `req_method(${text(method)})`,
    ...(named.length === 0 ? [] : [`req_headers(\n${named.join(',\n')}\n  )`]),
    ...(login?.scheme === 'basic' ? [`req_auth_basic(${text(login.username)}, ${text(login.password)})`] : []),
    ...rBody(request, type, text),
    ...(curl.length === 0 ? [] : [`req_options(${curl.join(', ')})`]),
    'req_error(is_error = function(response) FALSE)',
    'req_perform()',
  ]
  return {
    text: textOf([
      'library(httr2)',
      '',
      `response <- ${steps.join(' |>\n  ')}`,
      'print(resp_status(response))',
      'cat(resp_body_string(response))',
    ]),
    notes,
  }
}

/** The name of an argument, in backticks, in which the same escapes hold as in a string. */
function rName(name: string): string {
  return `\`${cString(name.toWellFormed()).slice(1, -1).replaceAll('`', '\\`')}\``
}

function rBody({ body }: CodeRequest, type: string | undefined, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`req_body_raw(${text(body.text)}, type = ${type === undefined ? 'NULL' : text(type)})`]
    case 'file':
      return [`req_body_file(${text(body.path)}, type = ${type === undefined ? 'NULL' : text(type)})`]
    case 'multipart': {
      const fields = body.parts.flatMap((part) => {
        const name = rName(part.name)
        if (part.kind === 'text') {
          const value = text(part.value)
          return [`    ${name} = ${part.contentType === '' ? value : `curl::form_data(${value}, type = ${text(part.contentType)})`}`]
        }
        return part.files.map((path) => {
          const more = [
            part.contentType === '' ? '' : `, type = ${text(part.contentType)}`,
            part.filename === '' ? '' : `, name = ${text(part.filename)}`,
          ]
          return `    ${name} = curl::form_file(${text(path)}${more.join('')})`
        })
      })
      return [`req_body_multipart(\n${fields.join(',\n')}\n  )`]
    }
  }
}
