import { describe, expect, test } from 'vitest'
import { generatePython } from '#core/codegen/python/generate.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { pythonImporter } from '#core/import/python/python-importer.ts'
import { codeOf, SECRET } from '../../../../support/code-kit.ts'
import { codeNotes, CODE_URL as URL, ownCode, requestsCode, row, secret } from '../../../../support/python-kit.ts'

describe('the call', () => {
  test('is a whole script', async () => {
    const { text, notes } = await codeOf(generatePython, { url: URL })
    expect(text).toBe(
      `import requests\n\nresponse = requests.get("${URL}", timeout=(10, 30))\n\nprint(response.status_code)\nprint(response.text)\n`,
    )
    expect(notes).toEqual([])
  })

  test.each(['get', 'options', 'post', 'put', 'patch', 'delete'])('of %s has a function of its own', async (method) => {
    expect(await requestsCode({ method: method.toUpperCase() })).toBe(`response = requests.${method}("${URL}")\n`)
  })

  test('of any other method is a request', async () => {
    expect(await requestsCode({ method: 'propfind' })).toBe(`response = requests.request("PROPFIND", "${URL}")\n`)
  })

  test('of HEAD prints headers, and says so where redirects are followed', async () => {
    const { text } = await codeOf(generatePython, { url: URL, method: 'HEAD', options: { behaviour: 'requests', followRedirects: true } })
    expect(text).toContain(`response = requests.head("${URL}", allow_redirects=True)\n`)
    expect(text).toContain('print(response.headers)\n')
  })

  test('of a WebSocket is none', async () => {
    const { text, notes } = await codeOf(generatePython, { url: 'ws://x.test/', body: { kind: 'websocket', messages: [] } })
    expect(text).toBe('# This request opens a WebSocket, which requests cannot; see the packages websockets and\n# websocket-client.\n')
    expect(notes).toHaveLength(1)
  })

  test('is followed by the gate, which an import has back', async () => {
    const { text } = await codeOf(generatePython, { url: URL, options: { behaviour: 'requests' }, raiseForStatus: true })
    expect(text).toContain('\n\nresponse.raise_for_status()\nprint(response.status_code)\n')
    const { items } = pythonImporter.read([sourceFile('a.py', text)], { progress: () => undefined, id: () => 'id' })
    expect(items).toMatchObject([{ document: { raiseForStatus: true } }])
  })

  test('is followed by the encoding that is chosen for the answer', async () => {
    const { text } = await codeOf(generatePython, { url: URL, options: { behaviour: 'requests', encoding: 'shift_jis' } })
    expect(text).toContain('\n\nresponse.encoding = "shift_jis"\nprint(response.status_code)\n')
  })
})

describe('the address', () => {
  test('gives its query to params', async () => {
    expect(await requestsCode({ url: `${URL}?q=a+b%26&n=1#part` })).toBe(
      `response = requests.get("${URL}#part", params={"q": "a b&", "n": "1"})\n`,
    )
  })

  test('gives names that come twice as a list', async () => {
    expect(await requestsCode({ url: `${URL}?id=1&id=2` })).toBe(`response = requests.get("${URL}", params=[("id", "1"), ("id", "2")])\n`)
  })

  test.each(['?a', '?a=b&', '?q=x:y', '?a=%7e', '?&a=1', '?a=%20'])('keeps %s, which requests would write otherwise', async (query) => {
    expect(await requestsCode({ url: URL + query })).toBe(`response = requests.get("${URL}${query}")\n`)
  })

  test('has its path parameters filled in', async () => {
    const params = [{ ...row('id', 'a/b'), kind: 'path' as const }]
    expect(await requestsCode({ url: 'https://x.test/u/:id', params })).toBe('response = requests.get("https://x.test/u/a%2Fb")\n')
  })

  test('encodes what is read from the environment for its place', async () => {
    const variables = [secret('userId'), secret('host')]
    const url = 'https://{{host}}/u/{{userId}}?a&b={{userId}}'
    const literal = `f"https://{os.environ['HOST']}/u/{quote(os.environ['USER_ID'], safe='')}?a&b={quote_plus(os.environ['USER_ID'])}"`
    expect(await ownCode({ url, variables })).toBe(
      `import os\nfrom urllib.parse import quote, quote_plus\n\nimport requests\n\nresponse = requests.get(\n    ${literal},\n)\n`,
    )
  })

  test('says where requests asks for another one', async () => {
    expect(await codeNotes({ url: 'https://x.test/%7Eme/%2f' })).toEqual([])
    expect(await codeNotes({ url: 'https://x.test/[x]', options: { behaviour: 'curl' } })).toEqual([
      'changed: requests writes the address another way: /%5Bx%5D in place of /[x].',
    ])
  })
})

describe('headers', () => {
  test('are a dictionary in the order of their rows', async () => {
    const headers = [row('X-B', 'é'), { ...row('X-Off', '1'), enabled: false }, row('Accept', 'a/b')]
    expect(await requestsCode({ headers })).toBe(`response = requests.get("${URL}", headers={"X-B": "é", "Accept": "a/b"})\n`)
  })

  test('are None where they are omitted', async () => {
    const headers = [{ ...row('X-Trace', ''), omit: true }]
    expect(await requestsCode({ headers, options: { omitHeaders: ['accept'] } })).toBe(
      `response = requests.get(\n    "${URL}",\n    headers={"accept": None, "X-Trace": None},\n)\n`,
    )
  })

  test('of urllib3 are left out by its own mark, where nothing at all is to be sent', async () => {
    const made = await ownCode({ options: { omitHeaders: ['User-Agent', 'Accept', 'X-None'] } })
    expect(made).toBe(
      `import requests\nfrom urllib3.util import SKIP_HEADER\n\nresponse = requests.get(\n    "${URL}",\n    headers={"User-Agent": SKIP_HEADER, "Accept": None},\n)\n`,
    )
  })

  test('of a name that comes twice are one line, which is said', async () => {
    const headers = [row('X-A', '1'), row('x-a', '2')]
    expect(await ownCode({ headers })).toBe(`response = requests.get("${URL}", headers={"X-A": "1, 2"})\n`)
    expect(await codeNotes({ headers })).toEqual([
      'changed: requests sends a header once: the values of x-a are in one line, with commas between them.',
    ])
    expect(await requestsCode({ headers })).toBe(`response = requests.get("${URL}", headers={"x-a": "2"})\n`)
  })

  test('hold no length that requests does not count', async () => {
    expect(await requestsCode({ headers: [row('Content-Length', '5')] })).toBe(`response = requests.get("${URL}")\n`)
  })

  test('say who another client is', async () => {
    expect(await requestsCode({ options: { behaviour: 'curl', timeout: { connect: null } } })).toBe(
      `response = requests.get("${URL}", headers={"User-Agent": "curl/8.17.0"})\n`,
    )
  })
})

describe('cookies', () => {
  test('are a dictionary', async () => {
    expect(await requestsCode({ cookies: [row('a', '1'), row('b', '"x"'), row('a', '2')] })).toBe(
      `response = requests.get("${URL}", cookies={"a": "2", "b": '"x"'})\n`,
    )
  })

  test('of one name are a header, where all of them are sent', async () => {
    expect(await ownCode({ cookies: [row('a', '1'), row('a', '2')] })).toBe(
      `response = requests.get("${URL}", headers={"Cookie": "a=1; a=2"})\n`,
    )
  })

  test('that requests would change are a header', async () => {
    const cookies = [row('a', '"x\\"y"')]
    expect(await ownCode({ cookies })).toBe(`response = requests.get("${URL}", headers={"Cookie": 'a="x\\\\"y"'})\n`)
  })

  test('are left out beside a typed header, where that is all that is sent', async () => {
    expect(await ownCode({ headers: [row('Cookie', 'b=2')], cookies: [row('a', '1')] })).toBe(
      `response = requests.get("${URL}", headers={"Cookie": "b=2"})\n`,
    )
  })

  test('of the jar are in it where secrets are', async () => {
    const form = { url: URL, cookies: [row('a', '1'), row('b', '{{token}}')], variables: [secret('token')] }
    const jar = ['s=2', 'a=3']
    const clear = await codeOf(generatePython, { ...form, options: { behaviour: 'requests' } }, { jar: ['s=2'] }, 'clear')
    expect(clear.text).toContain(`cookies={"s": "2", "a": "1", "b": "${SECRET}"},\n`)
    const twice = await codeOf(generatePython, { ...form, options: { behaviour: 'requests' } }, { jar }, 'clear')
    expect(twice.text).toContain(`"Cookie": "s=2; a=3; a=1; b=${SECRET}"`)
    expect(await requestsCode(form, { jar })).toContain('cookies={"a": "1", "b": os.environ["TOKEN"]}')
  })
})
