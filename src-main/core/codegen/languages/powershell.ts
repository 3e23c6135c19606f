/** PowerShell 7, by Invoke-WebRequest. */
import { joinedHeaders, proxyLoginOf, proxyOf, untoldOptions, untoldParts, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { addressLiterals, literals, textOf, type LiteralRules, type Text } from '../literals.ts'
import { splitAtKeys } from './keys.ts'

export function generatePowerShell(request: CodeRequest): Code {
  const rules: LiteralRules = {
    quote: powerShellString,
    env: (name) => `$env:${name}`,
    join: (all) => `(${all.join(' + ')})`,
    base64: (value) => `[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${value}))`,
  }
  const text = literals(request.placeholders, rules)
  const address = addressLiterals(request.placeholders, rules, (value) => `[uri]::EscapeDataString(${value})`)
  const { method, url, headers, follows, options } = request
  const proxyLogin = proxyLoginOf(request)
  const proxy = proxyLogin?.address ?? proxyOf(request)
  const notes: CodeNote[] = [
    ...request.notes,
    ...request.withoutOwnLogin,
    ...untoldParts(request, []),
    ...untoldOptions(request, [
      'verify',
      'proxies',
      'proxyDigest',
      'maxRedirects',
      ...(options.timeout?.connect ? (['timeout'] as const) : []),
    ]),
  ]
  const lines = joinedHeaders(headers, notes).map(([name, value]) => `    ${text(name)} = ${text(value)}`)
  const isPlain = /^(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|TRACE|PATCH|MERGE)$/.test(method)
  const call = [
    'Invoke-WebRequest',
    `-Uri ${address(url)}`,
    isPlain ? `-Method ${method}` : `-CustomMethod ${text(method)}`,
    ...(lines.length === 0 ? [] : ['-Headers $headers', '-SkipHeaderValidation']),
    ...powerShellBody(request, text),
    ...(follows ? (options.maxRedirects === undefined ? [] : [`-MaximumRedirection ${options.maxRedirects}`]) : ['-MaximumRedirection 0']),
    ...(options.verify === false ? ['-SkipCertificateCheck'] : []),
    ...(options.timeout?.connect ? [`-ConnectionTimeoutSeconds ${Math.ceil(options.timeout.connect)}`] : []),
    ...(proxy === null ? [] : [`-Proxy ${text(proxy)}`]),
    ...(proxyLogin === null ? [] : ['-ProxyCredential $proxyCredential']),
    '-SkipHttpErrorCheck',
  ]
  return {
    text: textOf([
      ...(lines.length === 0 ? [] : ['$headers = @{', ...lines, '}']),
      ...credentialLines(proxyLogin, text),
      `$response = ${call.join(' `\n    ')}`,
      '$response.StatusCode',
      '$response.Content',
    ]),
    notes,
  }
}

/** The name and password of a proxy are not read from its address. */
function credentialLines(login: ReturnType<typeof proxyLoginOf>, text: Text): string[] {
  if (login === null) return []
  const password = `(ConvertTo-SecureString ${text(login.password)} -AsPlainText -Force)`
  return [`$proxyCredential = [pscredential]::new(${text(login.username)}, ${password})`]
}

/** In single quotes nothing has a meaning but the quote, of which the curly ones are some. Keys of a terminal are given by number. */
export function powerShellString(text: string): string {
  const quoted = (plain: string): string => `'${plain.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
  const [first, ...more] = splitAtKeys(text).flatMap(({ plain, keys }, index) => [
    ...(plain === '' && index > 0 ? [] : [quoted(plain)]),
    ...[...keys].map((key) => `[char]${key.charCodeAt(0)}`),
  ])
  return more.length === 0 ? (first ?? "''") : `(${[first, ...more].join(' + ')})`
}

/** A body is given as bytes: of a text it would choose the encoding itself. */
function powerShellBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`-Body ([Text.Encoding]::UTF8.GetBytes(${text(body.text)}))`]
    case 'file':
      return [`-InFile ${text(body.path)}`]
    case 'multipart': {
      const names = [...new Set(body.parts.map(({ name }) => name))]
      const fields = names.map((name) => {
        const values = body.parts
          .filter((part) => part.name === name)
          .flatMap((part) => (part.kind === 'text' ? [text(part.value)] : part.files.map((path) => `(Get-Item ${text(path)})`)))
        return `${text(name)} = ${values.length === 1 ? values[0] : `@(${values.join(', ')})`}`
      })
      return [`-Form @{ ${fields.join('; ')} }`]
    }
  }
}
