/** Ruby, by Net::HTTP of its standard library. */
import { joinedHeaders, proxyOf, untoldOptions, untoldParts, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { addressLiterals, bracedUnicode, cString, literals, plus, textOf, type LiteralRules, type Text } from '../literals.ts'

export function generateRuby(request: CodeRequest): Code {
  const quote = (value: string): string => cString(value, { '#': '\\#' }, bracedUnicode)
  const rules: LiteralRules = { quote, env: (name) => `ENV.fetch("${name}")`, join: plus, base64: (value) => `[${value}].pack("m0")` }
  const text = literals(request.placeholders, rules)
  const address = addressLiterals(request.placeholders, rules, (value) => `URI.encode_www_form_component(${value}).gsub("+", "%20")`)
  const { method, url, headers, body, follows, options } = request
  const proxy = proxyOf(request)
  const isSecure = url.startsWith('https:')
  const notes: CodeNote[] = follows ? [{ severity: 'lost', message: 'Net::HTTP follows no redirects.' }] : []
  const lines = [
    "require 'net/http'",
    ...(options.verify === false ? ["require 'openssl'"] : []),
    '',
    `uri = URI(${address(url)})`,
    proxy === null
      ? 'http = Net::HTTP.new(uri.hostname, uri.port)'
      : `proxy = URI(${text(proxy)})\nhttp = Net::HTTP.new(uri.hostname, uri.port, proxy.hostname, proxy.port, proxy.user, proxy.password)`,
    ...(isSecure ? ['http.use_ssl = true'] : []),
    ...(isSecure && options.verify === false ? ['http.verify_mode = OpenSSL::SSL::VERIFY_NONE'] : []),
    ...(typeof options.verify === 'string' ? [`http.ca_file = ${text(options.verify)}`] : []),
    ...(options.timeout?.connect ? [`http.open_timeout = ${options.timeout.connect}`] : []),
    ...(options.timeout?.read ? [`http.read_timeout = ${options.timeout.read}`] : []),
    '',
    `request = Net::HTTPGenericRequest.new(${text(method)}, ${body.kind === 'none' ? 'false' : 'true'}, ${method === 'HEAD' ? 'false' : 'true'}, uri)`,
    ...joinedHeaders(headers, notes).map(([name, value]) => `request[${text(name)}] = ${text(value)}`),
    ...rubyBody(request, text),
    '',
    'response = http.request(request)',
    'puts response.code',
    'puts response.body',
  ]
  return {
    text: textOf(lines),
    notes: [
      ...request.notes,
      ...request.withoutOwnLogin,
      ...untoldParts(request, ['fileType', 'filename']),
      ...untoldOptions(request, ['verify', 'timeout', 'proxies']),
      ...notes,
    ],
  }
}

function rubyBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`request.body = ${text(body.text)}`]
    case 'file':
      return [`request.body_stream = File.open(${text(body.path)}, "rb")`, `request.content_length = File.size(${text(body.path)})`]
    case 'multipart': {
      const parts = body.parts.flatMap((part) => {
        if (part.kind === 'text') return [`  [${text(part.name)}, ${text(part.value)}],`]
        return part.files.map((path) => {
          const options = [
            part.filename === '' ? '' : `filename: ${text(part.filename)}`,
            part.contentType === '' ? '' : `content_type: ${text(part.contentType)}`,
          ].filter((option) => option !== '')
          return `  [${[text(part.name), `File.open(${text(path)}, "rb")`, ...(options.length > 0 ? [`{ ${options.join(', ')} }`] : [])].join(', ')}],`
        })
      })
      return ['request.set_form([', ...parts, '], "multipart/form-data")']
    }
  }
}
