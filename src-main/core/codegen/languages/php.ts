/** PHP, by its curl extension and by Guzzle. */
import { formAsText, proxyLoginOf, proxyOf, untoldOptions, untoldParts, type CodeOption, type CodeRequest } from '../code-request.ts'
import type { Code } from '../code-source.ts'
import { addressLiterals, literals, singleQuoted, textOf, type LiteralRules, type Text } from '../literals.ts'

const RULES: LiteralRules = {
  quote: singleQuoted,
  env: (name) => `getenv('${name}')`,
  join: (all) => all.join(' . '),
  base64: (value) => `base64_encode(${value})`,
}

function texts({ placeholders }: CodeRequest): Text {
  return literals(placeholders, RULES)
}

function addressOf({ placeholders, url }: CodeRequest): string {
  return addressLiterals(placeholders, RULES, (value) => `rawurlencode(${value})`)(url)
}

export function generatePhpCurl(given: CodeRequest): Code {
  const request = formAsText(given)
  const text = texts(request)
  const { method, headers, follows, options } = request
  const proxy = proxyOf(request)
  const digest = digestOf(request)
  // A name with an empty value needs a semicolon in place of the colon.
  const line = ([name, value]: readonly [string, string]): string => text(value === '' ? `${name};` : `${name}: ${value}`)
  const set = [
    `CURLOPT_CUSTOMREQUEST => ${text(method)}`,
    'CURLOPT_RETURNTRANSFER => true',
    ...(method === 'HEAD' ? ['CURLOPT_NOBODY => true'] : []),
    ...(follows ? ['CURLOPT_FOLLOWLOCATION => true', `CURLOPT_MAXREDIRS => ${options.maxRedirects ?? 30}`] : []),
    ...(headers.length === 0 ? [] : [`CURLOPT_HTTPHEADER => [\n${headers.map((header) => `        ${line(header)},\n`).join('')}    ]`]),
    ...phpCurlBody(request, text),
    ...(options.verify === false ? ['CURLOPT_SSL_VERIFYPEER => false', 'CURLOPT_SSL_VERIFYHOST => 0'] : []),
    ...(typeof options.verify === 'string' ? [`CURLOPT_CAINFO => ${text(options.verify)}`] : []),
    ...(options.timeout?.connect ? [`CURLOPT_CONNECTTIMEOUT_MS => ${Math.round(options.timeout.connect * 1000)}`] : []),
    ...(options.timeout?.total ? [`CURLOPT_TIMEOUT_MS => ${Math.round(options.timeout.total * 1000)}`] : []),
    ...(proxy === null ? [] : [`CURLOPT_PROXY => ${text(proxy)}`]),
    ...(proxyLoginOf(request) === null ? [] : ['CURLOPT_PROXYAUTH => CURLAUTH_ANY']),
    ...(digest === null
      ? []
      : ['CURLOPT_HTTPAUTH => CURLAUTH_DIGEST', `CURLOPT_USERPWD => ${text(`${digest.username}:${digest.password}`)}`]),
  ]
  const isFile = request.body.kind === 'file'
  const told: CodeOption[] = ['verify', 'maxRedirects', 'proxies', 'proxyDigest', 'timeout']
  return {
    text: textOf([
      '<?php',
      '',
      `$curl = curl_init(${addressOf(request)});`,
      'curl_setopt_array($curl, [',
      ...set.map((option) => `    ${option},`),
      ']);',
      '$answer = curl_exec($curl);',
      'if ($answer === false) {',
      '    throw new RuntimeException(curl_error($curl));',
      '}',
      'echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), PHP_EOL, $answer, PHP_EOL;',
    ]),
    notes: [
      ...request.notes,
      ...untoldParts(request, ['fileType', 'filename']),
      ...untoldOptions(request, told),
      ...(isFile ? [{ severity: 'changed' as const, message: 'The file is read whole into memory.' }] : []),
    ],
  }
}

function digestOf({ login }: CodeRequest): CodeRequest['login'] {
  return login?.scheme === 'digest' ? login : null
}

function phpCurlBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`CURLOPT_POSTFIELDS => ${text(body.text)}`]
    case 'file':
      return [`CURLOPT_POSTFIELDS => file_get_contents(${text(body.path)})`]
    case 'multipart': {
      const fields = body.parts.flatMap((part) =>
        part.kind === 'text'
          ? [`        ${text(part.name)} => ${text(part.value)},\n`]
          : part.files.map((path) => {
              const filename = part.filename === '' ? (path.split(/[\\/]/).at(-1) ?? path) : part.filename
              const more = [part.contentType === '' ? 'null' : text(part.contentType), text(filename)]
              return `        ${text(part.name)} => new CURLFile(${[text(path), ...more].join(', ')}),\n`
            }),
      )
      return [`CURLOPT_POSTFIELDS => [\n${fields.join('')}    ]`]
    }
  }
}

export function generatePhpGuzzle(request: CodeRequest): Code {
  const text = texts(request)
  const { method, headers, follows, options } = request
  const proxy = proxyOf(request)
  const digest = digestOf(request)
  const byName = Map.groupBy(headers, ([name]) => name)
  const entries = [...byName].map(([name, lines]) => {
    const values = lines.map(([, value]) => text(value))
    return `        ${text(name)} => ${values.length === 1 ? values[0] : `[${values.join(', ')}]`},\n`
  })
  const set = [
    ...(entries.length === 0 ? [] : [`'headers' => [\n${entries.join('')}    ]`]),
    ...guzzleBody(request, text),
    ...(follows ? [] : [`'allow_redirects' => false`]),
    ...(options.verify === undefined || options.verify === true
      ? []
      : [`'verify' => ${options.verify === false ? 'false' : text(options.verify)}`]),
    ...(options.timeout?.connect ? [`'connect_timeout' => ${options.timeout.connect}`] : []),
    ...(options.timeout?.total ? [`'timeout' => ${options.timeout.total}`] : []),
    ...(proxy === null ? [] : [`'proxy' => ${text(proxy)}`]),
    ...(proxyLoginOf(request) === null ? [] : [`'curl' => [CURLOPT_PROXYAUTH => CURLAUTH_ANY]`]),
    ...(digest === null ? [] : [`'auth' => [${text(digest.username)}, ${text(digest.password)}, 'digest']`]),
    `'http_errors' => false`,
  ]
  return {
    text: textOf([
      '<?php',
      '',
      `require 'vendor/autoload.php';`,
      '',
      '$client = new GuzzleHttp\\Client();',
      `$response = $client->request(${text(method)}, ${addressOf(request)}, [`,
      ...set.map((option) => `    ${option},`),
      ']);',
      'echo $response->getStatusCode(), PHP_EOL, $response->getBody(), PHP_EOL;',
    ]),
    notes: [...request.notes, ...untoldOptions(request, ['verify', 'timeout', 'proxies', 'proxyDigest'])],
  }
}

function guzzleBody({ body }: CodeRequest, text: Text): string[] {
  switch (body.kind) {
    case 'none':
      return []
    case 'text':
      return [`'body' => ${text(body.text)}`]
    case 'file':
      return [`'body' => fopen(${text(body.path)}, 'r')`]
    case 'multipart': {
      const parts = body.parts.flatMap((part) => {
        const rows = [
          ...(part.contentType === '' ? [] : [['Content-Type', part.contentType] as const]),
          ...part.headers.filter(({ enabled }) => enabled).map(({ name, value }) => [name, value] as const),
        ]
        const type =
          rows.length === 0 ? '' : `, 'headers' => [${rows.map(([name, value]) => `${text(name)} => ${text(value)}`).join(', ')}]`
        if (part.kind === 'text') return [`        ['name' => ${text(part.name)}, 'contents' => ${text(part.value)}${type}],\n`]
        const filename = part.filename === '' ? '' : `, 'filename' => ${text(part.filename)}`
        return part.files.map(
          (path) => `        ['name' => ${text(part.name)}, 'contents' => fopen(${text(path)}, 'r')${filename}${type}],\n`,
        )
      })
      return [`'multipart' => [\n${parts.join('')}    ]`]
    }
  }
}
