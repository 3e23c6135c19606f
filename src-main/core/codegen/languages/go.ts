/** Go, by net/http. */
import type { FilePart, Part } from '#contract/model/request.ts'
import { untoldOptions, proxyOf, type CodeRequest } from '../code-request.ts'
import type { Code } from '../code-source.ts'
import { addressLiterals, cString, indented, literals, plus, textOf, type LiteralRules, type Text } from '../literals.ts'

const base64 = (value: string): string => `base64.StdEncoding.EncodeToString([]byte(${value}))`

type TextPart = Exclude<Part, FilePart>

export function generateGo(request: CodeRequest): Code {
  const rules: LiteralRules = { quote: (value) => cString(value), env: (name) => `os.Getenv("${name}")`, join: plus, base64 }
  const text = literals(request.placeholders, rules)
  const address = addressLiterals(request.placeholders, rules, (value) => `strings.ReplaceAll(url.QueryEscape(${value}), "+", "%20")`)
  const { method, url, headers, body, follows, options } = request
  const packages = new Set(['fmt', 'io', 'net/http'])
  const lines: string[] = []
  const failing = (line: string): void => void lines.push(line, 'if err != nil {', '\tpanic(err)', '}')
  const bodyName = bodyLines(request, text, packages, lines)
  failing(`request, err := http.NewRequest(${text(method)}, ${address(url)}, ${bodyName})`)
  for (const [name, value] of headers) lines.push(`request.Header.Add(${text(name)}, ${text(value)})`)
  if (body.kind === 'multipart') lines.push('request.Header.Set("Content-Type", form.FormDataContentType())')
  const settings = clientSettings({ follows, options, proxy: proxyOf(request) }, text, packages)
  lines.push('', settings.length === 0 ? 'client := &http.Client{}' : 'client := &http.Client{', ...indented(settings, '\t'))
  if (settings.length > 0) lines.push('}')
  failing('response, err := client.Do(request)')
  lines.push('defer response.Body.Close()')
  failing('answer, err := io.ReadAll(response.Body)')
  lines.push('fmt.Println(response.Status)', 'fmt.Println(string(answer))')
  // What the code itself names, not what its texts hold: Go refuses packages that are not used.
  const main = lines.join('\n').replace(/"(?:[^"\\]|\\.)*"/g, '""')
  if (main.includes('base64.')) packages.add('encoding/base64')
  if (main.includes('os.')) packages.add('os')
  if (main.includes('url.')) packages.add('net/url')
  if (main.includes('strings.')) packages.add('strings')
  const imports = [...packages].sort().map((name) => `\t"${name}"`)
  return {
    text: textOf(['package main', '', 'import (', ...imports, ')', '', 'func main() {', ...indented(lines, '\t'), '}']),
    notes: [
      ...request.notes,
      ...request.withoutOwnLogin,
      ...untoldOptions(request, ['verify', 'proxies', ...(options.timeout?.total ? (['timeout'] as const) : [])]),
    ],
  }
}

/** Lines that make the body; returns the name of its reader. */
function bodyLines({ body }: CodeRequest, text: Text, packages: Set<string>, lines: string[]): string {
  switch (body.kind) {
    case 'none':
      return 'nil'
    case 'text':
      lines.push(`body := strings.NewReader(${text(body.text)})`)
      return 'body'
    case 'file':
      packages.add('os')
      lines.push(`body, err := os.Open(${text(body.path)})`, 'if err != nil {', '\tpanic(err)', '}')
      return 'body'
    case 'multipart':
      packages.add('bytes').add('mime/multipart')
      lines.push('body := &bytes.Buffer{}', 'form := multipart.NewWriter(body)')
      for (const part of body.parts) {
        if (part.kind === 'text') lines.push(...textPart(part, text, packages))
        else for (const file of part.files) lines.push(...filePart(part, file, text, packages))
      }
      lines.push('form.Close()')
      return 'body'
  }
}

function textPart(part: TextPart, text: Text, packages: Set<string>): string[] {
  const fields = headFields(part, text)
  if (fields.length === 0) return [`form.WriteField(${text(part.name)}, ${text(part.value)})`]
  packages.add('net/textproto')
  const made = partWith([`fmt.Sprintf("form-data; name=%q", ${text(part.name)})`, ...fields])
  return ['{', ...indented(made, '\t'), `\tio.WriteString(part, ${text(part.value)})`, '}']
}

function filePart(part: FilePart, path: string, text: Text, packages: Set<string>): string[] {
  packages.add('os')
  // Go refuses packages that are not used.
  if (part.filename === '') packages.add('path/filepath')
  const shown = part.filename === '' ? `filepath.Base(${text(path)})` : text(part.filename)
  const fields = headFields(part, text)
  if (fields.length > 0) packages.add('net/textproto')
  const made =
    fields.length === 0
      ? [`part, _ := form.CreateFormFile(${text(part.name)}, ${shown})`]
      : partWith([`fmt.Sprintf("form-data; name=%q; filename=%q", ${text(part.name)}, ${shown})`, ...fields])
  return [
    '{',
    `\tfile, err := os.Open(${text(path)})`,
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    ...indented(made, '\t'),
    '\tio.Copy(part, file)',
    '\tfile.Close()',
    '}',
  ]
}

/** Lines of a part's head besides the one that names it. */
function headFields({ contentType, headers }: TextPart | FilePart, text: Text): string[] {
  const byName = Map.groupBy(
    headers.filter(({ enabled }) => enabled),
    ({ name }) => name,
  )
  return [
    ...(contentType === '' ? [] : [`"Content-Type": {${text(contentType)}},`]),
    ...[...byName].map(([name, rows]) => `${text(name)}: {${rows.map(({ value }) => text(value)).join(', ')}},`),
  ]
}

function partWith([disposition = '', ...fields]: readonly string[]): string[] {
  return ['part, _ := form.CreatePart(textproto.MIMEHeader{', `\t"Content-Disposition": {${disposition}},`, ...indented(fields, '\t'), '})']
}

interface Settings extends Pick<CodeRequest, 'follows' | 'options'> {
  readonly proxy: string | null
}

function clientSettings({ follows, options, proxy }: Settings, text: Text, packages: Set<string>): string[] {
  const transport: string[] = []
  if (options.verify === false) {
    packages.add('crypto/tls')
    transport.push('\tTLSClientConfig: &tls.Config{InsecureSkipVerify: true},')
  }
  if (proxy !== null) {
    transport.push(`\tProxy: func(*http.Request) (*url.URL, error) { return url.Parse(${text(proxy)}) },`)
  }
  const total = options.timeout?.total ?? null
  if (total !== null) packages.add('time')
  return [
    ...(total === null ? [] : [`Timeout: ${Math.round(total * 1000)} * time.Millisecond,`]),
    ...(follows ? [] : ['CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },']),
    ...(transport.length === 0 ? [] : ['Transport: &http.Transport{', ...transport, '},']),
  ]
}
