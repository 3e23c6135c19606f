import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit, type CoreKit } from '../../../support/core-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const FILES: Readonly<Record<string, string>> = {
  'opencollection.yml': `opencollection: "1.0.0"
info: { name: Demo }
request:
  auth: { type: bearer, token: "{{token}}" }
  headers: [{ name: X-App, value: demo }]
  variables: [{ name: baseUrl, value: https://api.example.com }, { name: token, secret: true }]
docs: The demo.
`,
  'environments/Local.yml': 'name: Local\nvariables: [{ name: baseUrl, value: http://localhost }]\n',
  'environments/Live.yml': 'name: Live\nvariables: [{ name: baseUrl, value: https://live.example.com }]\n',
  'Users/folder.yml': `info: { name: People, type: folder }
request: { headers: [{ name: X-Folder, value: f }] }
docs: Who they are.
`,
  'Users/create.yml': `info: { name: Create, type: http, seq: 1 }
http:
  method: POST
  url: "{{baseUrl}}/users"
  body: { type: json, data: "{}" }
  auth: inherit
examples:
  - name: Made
    response: { status: 201, statusText: Created, body: { type: json, data: "{}" } }
`,
  'Users/login.yml': `info: { name: Log in, type: http, seq: 2 }
http: { method: GET, url: "{{baseUrl}}/me", auth: { type: basic, username: ada, password: correct-horse } }
`,
  'Users/broken.yml': 'info: [',
}

const collection = (): Promise<string> => collectionOf(FILES, 'demo')

async function collectionOf(files: Readonly<Record<string, string>>, folder: string): Promise<string> {
  const root = join(await tempDir(), folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
  return root
}

interface Exported {
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly notes: readonly { readonly where: string; readonly message: string }[]
}

async function exportOnce(
  kit: CoreKit,
  path: string,
  format: string,
  more: { environment?: string; credentials?: 'clear' } = {},
): Promise<Exported> {
  const result = await kit.core.exportOnce({ path, format, environment: null, credentials: 'reference', load: {}, ...more })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('export of a folder', () => {
  test('has requests, examples, folders and environments; a file that cannot be read is named', async () => {
    const kit = await coreKit()

    const { files, notes } = await exportOnce(kit, await collection(), 'opencollection')

    expect(files.map(({ name }) => name)).toEqual(['Demo.opencollection.yml'])
    for (const part of [
      'name: People',
      'docs: Who they are.',
      'name: Create',
      'name: Made',
      'name: Local',
      'name: Live',
      'docs: The demo.',
      'bundled: true',
    ]) {
      expect(files[0]?.text).toContain(part)
    }
    expect(notes).toEqual([expect.objectContaining({ message: expect.stringContaining('Users/broken.yml cannot be read') })])
  })

  test('a folder of a collection has what the collection gives', async () => {
    const kit = await coreKit()

    const { files } = await exportOnce(kit, join(await collection(), 'Users'), 'http', { environment: 'Local' })

    expect(files[0]?.name).toBe('People.http')
    expect(files[0]?.text).toContain('X-App: demo\nX-Folder: f\n')
    expect(files[0]?.text).toContain('Authorization: Bearer {{token}}')
    expect(JSON.parse(files[1]?.text ?? '')).toEqual({ Local: { baseUrl: 'http://localhost' } })
  })

  test('a password that was typed in clear is a reference, unless it is asked for', async () => {
    const kit = await coreKit()
    const root = await collection()

    const hidden = await exportOnce(kit, root, 'postman')
    const clear = await exportOnce(kit, root, 'postman', { credentials: 'clear' })

    expect(hidden.files[0]?.text).not.toContain('correct-horse')
    expect(hidden.files[0]?.text).toContain('{{password}}')
    expect(clear.files[0]?.text).toContain('correct-horse')
  })

  test('the value of a secret variable is put by its name wherever it stands', async () => {
    const kit = await coreKit()
    const root = await collection()
    const { id } = (await kit.call('collection.open', { path: root })) as { id: string }
    await kit.call('secret.set', {
      collectionId: id,
      origin: { layer: 'collection', id, name: 'Demo' },
      name: 'token',
      value: 'tok-1234567890',
    })
    await writeFile(
      join(root, 'Users', 'leak.yml'),
      'info: { name: Leak, type: http }\nhttp: { method: POST, url: "https://a.example.com", body: { type: text, data: "x tok-1234567890 y" } }\n',
    )

    const { files } = await exportOnce(kit, root, 'har')

    expect(files[0]?.text).not.toContain('tok-1234567890')
    expect(files[0]?.text).toContain('x {{token}} y')
  })

  test('an environment, a format and a path that there are not', async () => {
    const kit = await coreKit()
    const root = await collection()
    const ask = (path: string, format: string, environment: string | null): ReturnType<CoreKit['core']['exportOnce']> =>
      kit.core.exportOnce({ path, format, environment, credentials: 'reference', load: {} })

    expect(await ask(root, 'postman', 'Nowhere')).toMatchObject({ ok: false, error: { kind: 'NotFound', hint: 'There are: Live, Local.' } })
    expect(await ask(root, 'docx', null)).toMatchObject({ ok: false, error: { kind: 'NotFound', message: 'There is no format "docx".' } })
    expect(await ask(join(root, 'nothing.yml'), 'postman', null)).toMatchObject({ ok: false, error: { kind: 'FileNotFound' } })
  })
})

describe('export of a request', () => {
  test('has what is around it, and its examples', async () => {
    const kit = await coreKit()

    const { files } = await exportOnce(kit, join(await collection(), 'Users', 'create.yml'), 'postman', { environment: 'Live' })

    expect(files.map(({ name }) => name)).toEqual(['Create.postman_collection.json', 'Live.postman_environment.json'])
    expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({
      auth: { type: 'bearer' },
      item: [{ name: 'Create', request: { header: [{ key: 'X-App' }, { key: 'X-Folder' }] }, response: [{ name: 'Made', code: 201 }] }],
    })
  })

  test('as code it is what the window shows', async () => {
    const kit = await coreKit()

    const { files } = await exportOnce(kit, join(await collection(), 'Users', 'create.yml'), 'python', { environment: 'Live' })

    expect(files[0]?.text).toContain('requests')
    expect(files[0]?.text).toContain('https://live.example.com/users')
  })

  test('as code, credentials that were typed in clear are read from the environment', async () => {
    const kit = await coreKit()
    const file = join(await collection(), 'Users', 'login.yml')

    const hidden = await exportOnce(kit, file, 'python', { environment: 'Live' })
    const clear = await exportOnce(kit, file, 'python', { environment: 'Live', credentials: 'clear' })

    expect(hidden.files[0]?.name).toBe('Log in.py')
    expect(hidden.files[0]?.text).toContain('PASSWORD')
    expect(hidden.files[0]?.text).not.toContain('correct-horse')
    expect(clear.files[0]?.text).toContain('correct-horse')
  })

  test('as code in a window too, with a note of what stands for them', async () => {
    const kit = await coreKit()
    const auth = { kind: 'basic', username: 'ada', password: 'correct-horse' }
    const asked = {
      document: { ...emptyRequest(), url: 'https://h.test/', auth },
      nodeId: null,
      seed: 'a-seed-of-the-test',
      language: 'fetch',
    }

    expect(await kit.call('code.generate', asked)).toMatchObject({
      text: expect.stringContaining('Buffer.from(`ada:${process.env.PASSWORD}`)'),
      notes: [{ severity: 'changed', message: 'PASSWORD stands for a credential that is typed in clear.' }],
      environment: ['PASSWORD'],
    })
    expect(await kit.call('code.generate', { ...asked, secrets: 'clear' })).toMatchObject({
      text: expect.stringContaining(`Basic ${Buffer.from('ada:correct-horse').toString('base64')}`),
      notes: [],
      environment: [],
    })
  })

  test('of a window, with the exchange as HAR', async () => {
    const kit = await coreKit()
    const document = { ...emptyRequest('Echo'), url: '{{$echo}}/anything' }
    const exchange = await kit.send(document)

    const exported = (await kit.call('export.request', {
      document,
      nodeId: null,
      seed: 'a-seed-of-the-test',
      format: 'har',
      exchange,
    })) as Exported

    expect(JSON.parse(exported.files[0]?.text ?? '')).toMatchObject({
      log: { entries: [{ request: { method: 'GET', url: expect.stringContaining('/anything') }, response: { status: 200 } }] },
    })
  })

  test('of a window, without a file', async () => {
    const kit = await coreKit()
    const document = { ...emptyRequest('Mine'), url: 'https://example.com', auth: { kind: 'bearer', token: 'abc123' } }

    const exported = (await kit.call('export.request', { document, nodeId: null, seed: 'a-seed-of-the-test', format: 'http' })) as Exported

    expect(exported.files).toEqual([{ name: 'Mine.http', text: '### Mine\nGET https://example.com\nAuthorization: Bearer {{token}}\n' }])
  })
})

const SERIES: Readonly<Record<string, string>> = {
  'opencollection.yml': `opencollection: "1.0.0"
info: { name: Shop }
request:
  headers: [{ name: X-App, value: shop }, { name: X-Key, value: "{{apiKey}}" }]
  variables: [{ name: base, value: "https://h.test" }, { name: apiKey, secret: true }]
`,
  'login.yml': `info: { name: Log in, type: http, seq: 1 }
http: { method: POST, url: "{{base}}/login", auth: { type: basic, username: ada, password: correct-horse } }
runtime:
  actions:
    - { type: set-variable, phase: after-response, selector: { expression: "res.body.token", method: jsonq }, variable: { name: token, scope: runtime } }
    - { type: set-variable, phase: after-response, selector: { expression: "res.body.unused", method: jsonq }, variable: { name: unused, scope: runtime } }
  assertions: [{ expression: res.status, operator: eq, value: "200" }]
`,
  'Users/folder.yml': 'info: { name: People, type: folder, seq: 2 }\n',
  'Users/me.yml': `info: { name: Me, type: http, seq: 1 }
http: { method: GET, url: "{{base}}/me", auth: { type: bearer, token: "{{token}}" } }
`,
  'Users/other.yml': `info: { name: me, type: http, seq: 2 }
http: { method: GET, url: "{{base}}/other", auth: { type: bearer, token: another-secret } }
`,
  'Users/chat.yml': 'info: { name: Chat, type: websocket, seq: 3 }\nwebsocket: { url: "wss://h.test/chat" }\n',
  'Users/bad.yml': 'info: { name: Bad, type: http, seq: 4 }\nhttp: { method: GET, url: "http://" }\n',
}

describe('a folder as code', () => {
  const series = (): Promise<string> => collectionOf(SERIES, 'shop')

  test('is one script of Python: a session for all, what is captured a variable, what cannot be carried named', async () => {
    const { files, notes } = await exportOnce(await coreKit(), await series(), 'python')

    expect(files).toEqual([
      {
        name: 'Shop.py',
        text: `import os

import requests

session = requests.Session()
session.headers.update({"X-App": "shop", "X-Key": os.environ["API_KEY"]})

# Log in
response = session.post(
    "https://h.test/login",
    auth=("ada", os.environ["PASSWORD"].encode()),
    timeout=(10, 30),
)
print(response.status_code)
print(response.text)
token = str(response.json()["token"])

# People / Me
response = session.get(
    "https://h.test/me",
    headers={"Authorization": f"Bearer {token}"},
    timeout=(10, 30),
)
print(response.status_code)
print(response.text)

# People / me
response = session.get(
    "https://h.test/other",
    headers={"Authorization": f"Bearer {os.environ['TOKEN_2']}"},
    timeout=(10, 30),
)
print(response.status_code)
print(response.text)

# People / Chat
# This request opens a WebSocket, which requests cannot; see the packages websockets and
# websocket-client.

# People / Bad
# It is not in the code: The URL "http://" has no host.
`,
      },
    ])
    expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      ': The code reads API_KEY, PASSWORD, TOKEN_2 from its environment.',
      'People / Bad: It is not in the code: The URL "http://" has no host.',
      'People / Chat: This request opens a WebSocket, which requests cannot; see the packages websockets and websocket-client.',
      'Log in: Assertions are not in the code.',
      ': PASSWORD, TOKEN_2 stand for credentials that are typed in clear.',
    ])
  })

  test('is one script of a shell, whose requests share a file of cookies', async () => {
    const { files } = await exportOnce(await coreKit(), await series(), 'curl')

    expect(files.map(({ name }) => name)).toEqual(['Shop.sh'])
    const text = files[0]?.text ?? ''
    expect(text.split('\n').slice(0, 7)).toEqual([
      '#!/bin/sh',
      '',
      ': "${API_KEY?}"',
      ': "${PASSWORD?}"',
      ': "${TOKEN_2?}"',
      '',
      'cookies="$(mktemp)"',
    ])
    expect(text).toContain(
      `TOKEN="$(printf '%s' "$answer" | jq -r '.token')"\n\n# People / Me\ncurl --silent --show-error https://h.test/me`,
    )
    expect(text.match(/--cookie-jar "\$cookies"/g)).toHaveLength(3)
  })

  test('is a file for each request in other languages, in the folders of the tree, under names that are its own', async () => {
    const { files, notes } = await exportOnce(await coreKit(), await series(), 'fetch')

    expect(files.map(({ name }) => name)).toEqual(['Log in.mjs', 'People/Me.mjs', 'People/me 2.mjs'])
    expect(files[1]?.text).toContain("'Authorization': `Bearer ${process.env.TOKEN}`")
    expect(notes).toContainEqual(
      expect.objectContaining({
        where: 'Log in',
        message: '{{token}} is taken from its answer (res.body.token): give it to the code of the requests behind it.',
      }),
    )
    expect(notes).toContainEqual(expect.objectContaining({ where: 'People / Chat' }))
    expect(notes).toContainEqual(expect.objectContaining({ message: 'Cookies that an answer sets do not go with the requests after it.' }))
  })

  test('of the Windows command line is a file of commands: percent signs twice, line breaks as there', async () => {
    const root = await collectionOf(
      {
        'opencollection.yml': SERIES['opencollection.yml'] ?? '',
        'a.yml': `info: { name: 100% } \nhttp: { method: GET, url: "{{base}}/a%20b" }\n`,
      },
      'cmd',
    )

    const { files } = await exportOnce(await coreKit(), root, 'curl-cmd')

    expect(files[0]?.name).toBe('Shop.cmd')
    expect(files[0]?.text).toContain('@echo off\r\nchcp 65001 >nul\r\n')
    expect(files[0]?.text).toContain('rem 100\r\ncurl --silent --show-error ^"https://h.test/a%%20b^" ^\r\n')
  })

  test('of a folder has its name, and names below it; with nothing that could be put as code it says why', async () => {
    const kit = await coreKit()
    const root = await series()
    const bad = await collectionOf(
      { 'opencollection.yml': SERIES['opencollection.yml'] ?? '', 'bad.yml': SERIES['Users/bad.yml'] ?? '' },
      'bad',
    )

    const { files } = await exportOnce(kit, join(root, 'Users'), 'go')

    expect(files.map(({ name }) => name)).toEqual(['Me.go', 'me 2.go'])
    expect(await kit.core.exportOnce({ path: bad, format: 'go', environment: null, credentials: 'reference', load: {} })).toMatchObject({
      ok: false,
      error: { kind: 'NotFound', message: 'No request of Shop can be put as code. Bad: The URL "http://" has no host.' },
    })
  })

  test('has a session in Python for each one, and for each way of setting one up, with the cookies of the first', async () => {
    const url = 'http: { method: GET, url: "https://h.test/" }'
    const root = await collectionOf(
      {
        'opencollection.yml':
          'opencollection: "1.0.0"\ninfo: { name: Two }\nextensions: { posthaste: { sessions: [{ name: alice, headers: [{ name: X-Who, value: alice }] }] } }\n',
        'a.yml': `info: { name: A, type: http, seq: 1 }\n${url}\nposthaste: { session: alice }\n`,
        'b.yml': `info: { name: B, type: http, seq: 2 }\n${url}\n`,
        'c.yml': `info: { name: C, type: http, seq: 3 }\n${url}\nsettings: { maxRedirects: 3 }\n`,
      },
      'two',
    )

    const { files } = await exportOnce(await coreKit(), root, 'python')

    const lines = files[0]?.text.split('\n').filter((line) => /session/.test(line))
    expect(lines).toEqual([
      'session_alice = requests.Session()',
      'session_alice.headers.update({"X-Who": "alice"})',
      'response = session_alice.get("https://h.test/", timeout=(10, 30))',
      'session = requests.Session()',
      'response = session.get("https://h.test/", timeout=(10, 30))',
      'session_2 = requests.Session()',
      'session_2.cookies = session.cookies',
      'session_2.max_redirects = 3',
      'response = session_2.get("https://h.test/", timeout=(10, 30))',
    ])
  })

  test('shows credentials where they are asked for', async () => {
    const { files } = await exportOnce(await coreKit(), await series(), 'python', { credentials: 'clear' })

    expect(files[0]?.text).toContain('auth=("ada", "correct-horse")')
    expect(files[0]?.text).toContain('"X-Key": os.environ["API_KEY"]')
    expect(files[0]?.text).toContain('"Bearer another-secret"')
    expect(files[0]?.text).toContain('f"Bearer {token}"')
  })
})
