/** Rust, by reqwest's blocking client. */
import { proxyOf, rawInUrl, untoldOptions, untoldParts, withoutLogin, type CodeRequest } from '../code-request.ts'
import type { Code } from '../code-source.ts'
import { bracedUnicode, cString, indented, literals, textOf, type Text } from '../literals.ts'

export function generateRust(request: CodeRequest): Code {
  const quote = (value: string): string => cString(value, {}, bracedUnicode)
  const join = (all: readonly string[]): string => `format!("${'{}'.repeat(all.length)}", ${all.join(', ')})`
  const text = literals(request.placeholders, { quote, env: (name) => `std::env::var("${name}")?`, join })
  const { method, url, login, follows, options } = request
  const proxy = proxyOf(request)
  const built = [
    ...(follows
      ? options.maxRedirects === undefined
        ? []
        : [`.redirect(reqwest::redirect::Policy::limited(${options.maxRedirects}))`]
      : ['.redirect(reqwest::redirect::Policy::none())']),
    ...(options.verify === false ? ['.danger_accept_invalid_certs(true)'] : []),
    ...(options.timeout?.connect ? [`.connect_timeout(std::time::Duration::from_secs_f64(${decimal(options.timeout.connect)}))`] : []),
    ...(options.timeout?.total ? [`.timeout(std::time::Duration::from_secs_f64(${decimal(options.timeout.total)}))`] : []),
    ...(proxy === null ? [] : [`.proxy(reqwest::Proxy::all(${text(proxy)})?)`]),
  ]
  const main = [
    ...(built.length === 0
      ? ['let client = reqwest::blocking::Client::new();']
      : ['let client = reqwest::blocking::Client::builder()', ...indented([...built, '.build()?;'], '    ')]),
    'let response = client',
    ...indented(
      [
        `.request(reqwest::Method::from_bytes(${text(method)}.as_bytes())?, ${text(url)})`,
        ...withoutLogin(request).map(([name, value]) => `.header(${text(name)}, ${text(value)})`),
        ...(login?.scheme === 'basic' ? [`.basic_auth(${text(login.username)}, Some(${text(login.password)}))`] : []),
        ...rustBody(request, text),
        '.send()?;',
      ],
      '    ',
    ),
    'println!("{}", response.status());',
    'println!("{}", response.text()?);',
    'Ok(())',
  ]
  const features = request.body.kind === 'multipart' ? '"blocking", "multipart"' : '"blocking"'
  return {
    text: textOf([
      `// Cargo.toml: reqwest = { version = "0.12", features = [${features}] }`,
      'fn main() -> Result<(), Box<dyn std::error::Error>> {',
      ...indented(main, '    '),
      '}',
    ]),
    notes: [
      ...request.notes,
      ...request.withoutOwnLogin,
      ...rawInUrl(request),
      ...untoldParts(request, ['textType', 'fileType', 'filename']),
      ...untoldOptions(request, [
        'proxies',
        'timeout',
        'maxRedirects',
        ...(typeof options.verify === 'string' ? [] : (['verify'] as const)),
      ]),
    ],
  }
}

/** A number that Rust takes for a float. */
function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function rustBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`.body(${text(body.text)})`]
    case 'file':
      return [`.body(std::fs::File::open(${text(body.path)})?)`]
    case 'multipart': {
      const parts = body.parts.flatMap((part) => {
        const type = part.contentType === '' ? '' : `.mime_str(${text(part.contentType)})?`
        if (part.kind === 'text') {
          return type === ''
            ? [`        .text(${text(part.name)}, ${text(part.value)})`]
            : [`        .part(${text(part.name)}, reqwest::blocking::multipart::Part::text(${text(part.value)})${type})`]
        }
        const name = part.filename === '' ? '' : `.file_name(${text(part.filename)})`
        return part.files.map(
          (path) => `        .part(${text(part.name)}, reqwest::blocking::multipart::Part::file(${text(path)})?${name}${type})`,
        )
      })
      return ['.multipart(', '    reqwest::blocking::multipart::Form::new()', ...parts, ')']
    }
  }
}
