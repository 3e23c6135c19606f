import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import type { Auth, Options } from '#contract/model/request.ts'
import { generatePython } from '#core/codegen/python/generate.ts'
import { codeOf } from '../../../../support/code-kit.ts'
import { tempDir } from '../../../../support/temp-dir.ts'
import { makeAuthority } from '../../../../support/tls.ts'
import { codeNotes, CODE_URL as URL, ownCode, requestsCode, row, secret } from '../../../../support/python-kit.ts'

const SESSION = 'with requests.Session() as session:\n'
const GET = `    response = session.get("${URL}")\n`

describe('a session', () => {
  test('is there where rows or credentials come from one', async () => {
    const session = {
      headers: [row('X-S', '1'), row('User-Agent', 'me')],
      params: [row('p', '1')],
      cookies: [row('c', 'a b')],
      auth: { kind: 'basic', username: 'u', password: '{{pw}}' } as const,
    }
    const made = await requestsCode(
      { url: `${URL}?q=1`, headers: [row('X-A', '2')], cookies: [row('d', '3')], variables: [secret('pw')] },
      { session },
    )
    expect(made).toBe(
      [
        `import os\n\nimport requests\n\n${SESSION}`,
        '    session.headers.update({"X-S": "1", "User-Agent": "me"})\n',
        '    session.params = {"p": "1"}\n',
        '    session.cookies.update({"c": "a b"})\n',
        '    session.auth = ("u", os.environ["PW"])\n',
        `    response = session.get(\n        "${URL}?q=1",\n        headers={"X-A": "2"},\n        cookies={"d": "3"},\n    )\n`,
      ].join(''),
    )
  })

  test('is not there for what comes from a collection', async () => {
    expect(await requestsCode({}, { collection: { headers: [row('X-C', '1')] } })).toBe(
      `response = requests.get("${URL}", headers={"X-C": "1"})\n`,
    )
  })

  test('hides what the request has of its own', async () => {
    expect(await requestsCode({ headers: [row('x-s', '2')] }, { session: { headers: [row('X-S', '1')] } })).toBe(
      `response = requests.get("${URL}", headers={"x-s": "2"})\n`,
    )
  })

  test('is told of redirects and of the environment', async () => {
    expect(await requestsCode({ options: { maxRedirects: 5, trustEnv: false } })).toBe(
      `${SESSION}    session.trust_env = False\n    session.max_redirects = 5\n${GET}`,
    )
    expect(await requestsCode({ options: { maxRedirects: 30, trustEnv: true } })).toBe(`response = requests.get("${URL}")\n`)
  })

  test('has its long rows laid out', async () => {
    const long = 'x'.repeat(80)
    expect(await requestsCode({}, { session: { headers: [row('X-S', long)] } })).toBe(
      `${SESSION}    session.headers.update(\n        {\n            "X-S": "${long}",\n        }\n    )\n${GET}`,
    )
  })
})

describe('retries', () => {
  const imports = 'import requests\nfrom requests.adapters import HTTPAdapter\nfrom urllib3.util import Retry\n\n'

  test('are mounted for both schemes', async () => {
    const made = await requestsCode({ options: { retry: { total: 3, backoffFactor: 0.5 } } })
    expect(made).toBe(
      [
        `${imports.replace('import requests\n', 'import requests\n')}${SESSION}`,
        '    adapter = HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0.5))\n',
        `    session.mount("https://", adapter)\n    session.mount("http://", adapter)\n${GET}`,
      ].join(''),
    )
  })

  test('have every field that is given', async () => {
    const retry: Options['retry'] = {
      total: 1,
      connect: 2,
      read: 3,
      status: 4,
      other: 5,
      statusForcelist: [429, 503],
      allowedMethods: ['GET', 'POST'],
      backoffFactor: 1,
      backoffMax: 60,
      backoffJitter: 0.1,
      respectRetryAfter: false,
      raiseOnStatus: false,
    }
    const made = await requestsCode({ options: { retry } })
    const fields = [
      'total=1',
      'connect=2',
      'read=3',
      'status=4',
      'other=5',
      'status_forcelist=[429, 503]',
      'allowed_methods=["GET", "POST"]',
      'backoff_factor=1',
      'backoff_max=60',
      'backoff_jitter=0.1',
      'respect_retry_after_header=False',
      'raise_on_status=False',
    ]
    expect(made).toContain(`        max_retries=Retry(\n${fields.map((field) => `            ${field},\n`).join('')}        ),\n`)
    expect(await requestsCode({ options: { retry: { allowedMethods: null } } })).toContain('Retry(allowed_methods=None)')
    expect(await requestsCode({ options: { retry: {} } })).toContain('HTTPAdapter(max_retries=Retry())')
  })

  test('of an adapter are mounted at its prefix, which ends in a slash', async () => {
    const adapters = [
      { prefix: 'https://x.test', retry: { total: 2 }, pool: { maxConnections: 4, keepAlive: 5 } },
      { prefix: 'https://y.test/v1', retry: { total: 1 } },
      { prefix: 'https://z.test', timeout: { read: 5 } },
    ]
    expect(await requestsCode({}, { session: { adapters } })).toBe(
      [
        `${imports}${SESSION}`,
        '    session.mount(\n        "https://x.test/",\n',
        '        HTTPAdapter(max_retries=Retry(total=2), pool_maxsize=4, pool_block=True),\n    )\n',
        `    session.mount("https://y.test/v1", HTTPAdapter(max_retries=Retry(total=1)))\n${GET}`,
      ].join(''),
    )
    expect(await codeNotes({}, { session: { adapters } })).toEqual([
      'lost: requests keeps idle connections for as long as the server does.',
    ])
  })
})

describe('credentials', () => {
  const variables = [secret('token')]
  const WITH_OS = 'import os\n\nimport requests\n'

  test('of Basic are a pair, of bytes where they are more than Latin-1 is to say', async () => {
    expect(await requestsCode({ auth: { kind: 'basic', username: 'ü', password: 'p' } })).toBe(
      `response = requests.get("${URL}", auth=("ü", "p"))\n`,
    )
    expect(await ownCode({ auth: { kind: 'basic', username: 'ü', password: 'p' } })).toBe(
      `response = requests.get("${URL}", auth=("ü".encode(), "p".encode()))\n`,
    )
  })

  test('of Digest are its class', async () => {
    expect(await requestsCode({ auth: { kind: 'digest', username: 'u', password: 'p' } })).toBe(
      `import requests\nfrom requests.auth import HTTPDigestAuth\n\nresponse = requests.get("${URL}", auth=HTTPDigestAuth("u", "p"))\n`,
    )
  })

  test('of Bearer are a header', async () => {
    expect(await ownCode({ auth: { kind: 'bearer', token: '{{token}}' }, variables })).toBe(
      `${WITH_OS}\nresponse = requests.get(\n    "${URL}",\n    headers={"Authorization": f"Bearer {os.environ['TOKEN']}"},\n)\n`,
    )
  })

  test('of Bearer are a class by the rules of requests, where they win over all else', async () => {
    expect(await requestsCode({ auth: { kind: 'bearer', token: 't' } })).toBe(
      [
        'import requests\nfrom requests.auth import AuthBase\n\n\nclass BearerAuth(AuthBase):\n',
        '    def __init__(self, token):\n        self.token = token\n\n',
        '    def __call__(self, request):\n        request.headers["Authorization"] = f"Bearer {self.token}"\n        return request\n\n\n',
        `response = requests.get("${URL}", auth=BearerAuth("t"))\n`,
      ].join(''),
    )
  })

  test('of a header are a class, with its prefix', async () => {
    const made = await ownCode({ auth: { kind: 'header', name: 'X-Token', prefix: 'a{"', value: '{{token}}' }, variables })
    expect(made).toContain('        request.headers["X-Token"] = f\'a{{"{self.token}\'\n')
    expect(made).toContain(`response = requests.get("${URL}", auth=TokenAuth(os.environ["TOKEN"]))\n`)
    const plain = await ownCode({ auth: { kind: 'header', name: 'X-Token', prefix: 'k{} ', value: 'v' } })
    expect(plain).toContain('        request.headers["X-Token"] = f"k{{}} {self.token}"\n')
  })

  test('of an API key are a header or a parameter', async () => {
    expect(await ownCode({ auth: { kind: 'apikey', key: 'X-Key', value: 'k', placement: 'header' } })).toBe(
      `response = requests.get("${URL}", headers={"X-Key": "k"})\n`,
    )
    expect(await ownCode({ url: `${URL}?a=1`, auth: { kind: 'apikey', key: 'key', value: 'a b', placement: 'query' } })).toBe(
      `response = requests.get("${URL}", params={"a": "1", "key": "a b"})\n`,
    )
  })

  test('that a typed header wins over are left out', async () => {
    expect(await ownCode({ headers: [row('Authorization', 'x')], auth: { kind: 'basic', username: 'u', password: 'p' } })).toBe(
      `response = requests.get("${URL}", headers={"Authorization": "x"})\n`,
    )
  })

  test('in the URL stay there, or stand in auth where requests would read others', async () => {
    expect(await requestsCode({ url: 'https://u:p%40@x.test/' })).toBe('response = requests.get("https://u:p%40@x.test/")\n')
    expect(await ownCode({ url: 'https://u@x.test/' })).toBe('response = requests.get("https://x.test/", auth=("u", ""))\n')
    expect(await ownCode({ url: 'https://ü:p@x.test/' })).toBe(
      'response = requests.get("https://x.test/", auth=("ü".encode(), "p".encode()))\n',
    )
    expect(await ownCode({ url: 'https://u:p@x.test/', headers: [row('Authorization', 'x')] })).toBe(
      'response = requests.get("https://x.test/", headers={"Authorization": "x"})\n',
    )
  })

  test('of OAuth 2.0 are a token that the code is given', async () => {
    const auth = { ...emptyAuth('oauth2'), accessTokenUrl: 'https://id.test/token' }
    const made = await ownCode({ auth })
    expect(made).toBe(
      [
        `${WITH_OS}\n# OAuth 2.0: get an access token from https://id.test/token first, for example with\n# requests-oauthlib.\n`,
        `response = requests.get(\n    "${URL}",\n    headers={"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}"},\n)\n`,
      ].join(''),
    )
    expect(await codeNotes({ auth })).toEqual([
      'changed: The code sends an OAuth 2.0 access token that it is given; it does not get or refresh one.',
    ])
  })

  test.each<Auth>([
    { ...emptyAuth('oauth1'), consumerKey: 'k' } as Auth,
    { kind: 'awsv4', accessKeyId: 'a', secretAccessKey: 's', sessionToken: '', service: 's3', region: 'r' },
  ])('that sign the request are a note: $kind', async (auth) => {
    const { text, notes } = await codeOf(generatePython, { url: URL, auth })
    expect(text).toContain('# Not signed by ')
    expect(notes.map(({ severity }) => severity)).toEqual(['lost'])
  })
})

describe('options', () => {
  test.each<[Options, string]>([
    [{ timeout: { connect: 3.05, read: 27 } }, 'timeout=(3.05, 27)'],
    [{ timeout: { connect: 5, read: 5 } }, 'timeout=5'],
    [{ timeout: { connect: null, read: 5 } }, 'timeout=(None, 5)'],
    [{ followRedirects: false }, 'allow_redirects=False'],
    [{ verify: false }, 'verify=False'],
    [{ proxies: { HTTPS: 'http://u:p@proxy:3128', http: null } }, 'proxies={"https": "http://u:p@proxy:3128", "http": None}'],
    [{ noProxy: 'localhost,.corp' }, 'proxies={"no_proxy": "localhost,.corp"}'],
  ])('%j are %s', async (options, argument) => {
    const made = await requestsCode({ options })
    expect(
      made
        .replace(/\(\n {4}/, '(')
        .replace(/,\n {4}/g, ', ')
        .replace(/,\n\)/, ')'),
    ).toBe(`response = requests.get("${URL}", ${argument})\n`)
  })

  test('of SOCKS proxies say what they need', async () => {
    expect(await requestsCode({ options: { proxies: { all: 'socks5h://p:1080' } } })).toContain(
      '# A SOCKS proxy needs: pip install "requests[socks]"\n',
    )
  })

  test('that requests has nothing for are said', async () => {
    const options: Options = {
      http2: true,
      unixSocket: '/run/x.sock',
      resolve: { 'x.test': '127.0.0.1' },
      lenient: true,
      stepRedirects: true,
      tls: { minVersion: 'TLSv1.2' },
      timeout: { total: 60 },
    }
    const lost = await codeNotes({ options })
    expect(lost).toEqual([
      'lost: requests speaks HTTP/1.1 only, not HTTP/2.',
      'lost: requests does not connect to a Unix socket (/run/x.sock) by itself; requests-unixsocket does.',
      'lost: requests looks every host up: the addresses given for hosts are not used.',
      'lost: requests has no lenient parser for replies that break the rules.',
      'lost: The code does not stop at each redirect.',
      'lost: The TLS versions are those of Python; requests has no option for them.',
      'lost: requests has no limit for a whole exchange (here 60 s): its timeouts are for connecting and for each silence.',
    ])
    const code = (await ownCode({ options })).replaceAll('\n# ', ' ')
    for (const note of lost) expect(code).toContain(note.replace('lost: ', ''))
  })

  test('of TLS are the paths of its files', async () => {
    const root = await tempDir()
    const { caPath, issue } = await makeAuthority()
    const { key, cert } = await issue('DNS:x.test')
    await writeFile(join(root, 'client.key'), key)
    await writeFile(join(root, 'client.pem'), cert)
    await writeFile(join(root, 'both.pem'), cert + key)
    const made = async (tls: Options): Promise<string> => requestsCode({ options: { verify: caPath, ...tls } }, { root })

    expect(await made({ cert: { cert: 'client.pem', key: 'client.key' } })).toBe(
      `response = requests.get(\n    "${URL}",\n    verify="${caPath}",\n    cert=("client.pem", "client.key"),\n)\n`,
    )
    expect(await made({ cert: { cert: 'both.pem' } })).toContain('    cert="both.pem",\n')
    expect(await codeNotes({ options: { cert: { cert: 'both.pem', passphrase: 'p' } } }, { root })).toContain(
      'lost: requests cannot open a key that is encrypted: decrypt the client certificate’s key first.',
    )
  })
})
