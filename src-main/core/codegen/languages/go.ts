/** Go, by net/http. */
import { untoldOptions, proxyOf, type CodeRequest } from '../code-request.ts'
import type { Code } from '../code-source.ts'
import { addressLiterals, cString, indented, literals, plus, textOf, type LiteralRules, type Text } from '../literals.ts'

const base64 = (value: string): string => `base64.StdEncoding.EncodeToString([]byte(${value}))`

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
        if (part.kind === 'text') lines.push(`form.WriteField(${text(part.name)}, ${text(part.value)})`)
        else for (const file of part.files) lines.push(...filePart(part.name, file, part.filename, part.contentType, text, packages))
      }
      lines.push('form.Close()')
      return 'body'
  }
}

function filePart(name: string, path: string, filename: string, type: string, text: Text, packages: Set<string>): string[] {
  packages.add('os').add('path/filepath')
  const shown = filename === '' ? `filepath.Base(${text(path)})` : text(filename)
  const made =
    type === ''
      ? [`\tpart, _ := form.CreateFormFile(${text(name)}, ${shown})`]
      : [
          `\tpart, _ := form.CreatePart(textproto.MIMEHeader{`,
          `\t\t"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", ${text(name)}, ${shown})},`,
          `\t\t"Content-Type":        {${text(type)}},`,
          '\t})',
        ]
  if (type !== '') packages.add('net/textproto')
  return [
    '{',
    `\tfile, err := os.Open(${text(path)})`,
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    ...made,
    '\tio.Copy(part, file)',
    '\tfile.Close()',
    '}',
  ]
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
