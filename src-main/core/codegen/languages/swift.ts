/** Swift, by URLSession of Foundation. */
import { formAsText, joinedHeaders, NO_MULTIPART, untoldOptions, type CodeRequest } from '../code-request.ts'
import type { Code, CodeNote } from '../code-source.ts'
import { addressLiterals, bracedUnicode, cString, literals, plus, textOf, type LiteralRules } from '../literals.ts'

export function generateSwift(given: CodeRequest): Code {
  const request = formAsText(given)
  const env = (name: string): string => `ProcessInfo.processInfo.environment["${name}"]!`
  const rules: LiteralRules = {
    quote: (value) => cString(value, {}, bracedUnicode),
    env,
    join: plus,
    base64: (value) => `Data((${value}).utf8).base64EncodedString()`,
  }
  const text = literals(request.placeholders, rules)
  const encode = (value: string): string => `${value}.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!`
  const address = addressLiterals(request.placeholders, rules, encode)
  const { method, url, headers, body, follows, options } = request
  const notes: CodeNote[] = [
    ...request.notes,
    ...request.withoutOwnLogin,
    ...untoldOptions(request, options.timeout?.read ? ['timeout'] : []),
  ]
  if (!follows) notes.push({ severity: 'lost', message: 'URLSession follows redirects unless it has a delegate.' })
  if (body.kind === 'multipart') notes.push(NO_MULTIPART)
  const lines = [
    'import Foundation',
    '',
    `var request = URLRequest(url: URL(string: ${address(url)})!)`,
    `request.httpMethod = ${text(method)}`,
    ...(options.timeout?.read ? [`request.timeoutInterval = ${options.timeout.read}`] : []),
    ...joinedHeaders(headers, notes).map(([name, value]) => `request.setValue(${text(value)}, forHTTPHeaderField: ${text(name)})`),
    ...(body.kind === 'text' ? [`request.httpBody = Data((${text(body.text)}).utf8)`] : []),
    ...(body.kind === 'file' ? [`request.httpBodyStream = InputStream(fileAtPath: ${text(body.path)})`] : []),
    '',
    'let (data, response) = try await URLSession.shared.data(for: request)',
    'print((response as! HTTPURLResponse).statusCode)',
    'print(String(decoding: data, as: UTF8.self))',
  ]
  return { text: textOf(lines), notes }
}
