import { describe, expect, test } from 'vitest'
import type { Part, RequestDocument, Row } from '#contract/model/request.ts'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { STREAMED_FROM_BYTES } from '#core/codegen/python/files.ts'
import { tempDir } from '../../../../support/temp-dir.ts'
import { codeNotes, CODE_URL as URL, ownCode, requestsCode, row, secret } from '../../../../support/python-kit.ts'

const POST = `response = requests.post(\n    "${URL}",\n`
const WITH_OS = 'import os\n\nimport requests\n\n'

function json(text: string, asTyped = false): Partial<RequestDocument> {
  return { method: 'POST', body: { kind: 'json', text, asTyped } }
}

function form(...rows: Row[]): Partial<RequestDocument> {
  return { method: 'POST', body: { kind: 'form', rows } }
}

describe('JSON', () => {
  test('is json, where requests writes the very text', async () => {
    const text = String.raw`{"name": "Zo\u00eb", "n": [1, 1.5, true, null], "big": 12345678901234567890}`
    expect(await ownCode(json(text))).toBe(`${POST}    json={"name": "Zoë", "n": [1, 1.5, True, None], "big": 12345678901234567890},\n)\n`)
  })

  test('that is written otherwise is data with its type', async () => {
    expect(await ownCode(json('{"a":1}'))).toBe(`${POST}    headers={"Content-Type": "application/json"},\n    data='{"a":1}',\n)\n`)
  })

  test('is json by the rules of requests, however it is typed', async () => {
    expect(await requestsCode(json(String.raw`{"a" :1.10, "a": 1E+5, "s": "\ud800"}`))).toBe(
      String.raw`response = requests.post("https://x.test/items", json={"a": 100000.0, "s": "\ud800"})` + '\n',
    )
  })

  test('has one item a line where it is long, with a comma behind the last', async () => {
    const items = ['a'.repeat(40), 'b'.repeat(40)]
    expect(await requestsCode(json(JSON.stringify({ items, n: [] })))).toBe(
      `${POST}    json={\n        "items": [\n            "${items[0]}",\n            "${items[1]}",\n        ],\n        "n": [],\n    },\n)\n`,
    )
  })

  test('that is null is nothing to requests, and a text to Posthaste', async () => {
    expect(await requestsCode(json('null'))).toBe(`response = requests.post("${URL}")\n`)
    expect(await ownCode(json('null'))).toBe(`${POST}    headers={"Content-Type": "application/json"},\n    data="null",\n)\n`)
  })

  test('takes texts from the environment', async () => {
    expect(await requestsCode({ ...json('{"s": "a{{id}}"}'), variables: [secret('id')] })).toBe(
      `${WITH_OS}response = requests.post("${URL}", json={"s": f"a{os.environ['ID']}"})\n`,
    )
  })

  test('with a number from the environment is a text', async () => {
    const data = `f'{{"id": {os.environ["ID"]}, "s": "{os.environ["ID"]}"}}'.encode()`
    expect(await requestsCode({ ...json('{"id": {{id}}, "s": "{{id}}"}'), variables: [secret('id')] })).toBe(
      `${WITH_OS}${POST}    headers={"Content-Type": "application/json"},\n    data=${data},\n)\n`,
    )
  })

  test('that is sent as typed has no type by the rules of requests', async () => {
    expect(await requestsCode(json('{}', true))).toBe(`response = requests.post("${URL}", data="{}")\n`)
  })

  test('deeper than Python reads is a text', async () => {
    const text = '['.repeat(100) + ']'.repeat(100)
    expect(await requestsCode(json(text))).toContain(`    data="${text}",\n`)
  })
})

describe('a text', () => {
  test('of several lines is laid out before the call', async () => {
    const body = { kind: 'xml' as const, text: '<a>\n  <b>é</b>\n</a>' }
    expect(await ownCode({ method: 'POST', body })).toBe(
      `body = """<a>\n  <b>é</b>\n</a>"""\n\n${POST}    headers={"Content-Type": "application/xml"},\n    data=body.encode(),\n)\n`,
    )
  })

  test('has a type of its own, none, or the one that is typed', async () => {
    const document: Partial<RequestDocument> = { method: 'PUT', body: { kind: 'text', text: 'x' } }
    expect(await ownCode(document)).toContain('headers={"Content-Type": "text/plain; charset=utf-8"},\n    data="x",\n')
    expect(await requestsCode(document)).toBe(`response = requests.put("${URL}", data="x")\n`)
    expect(await ownCode({ ...document, headers: [row('content-type', 'a/b')] })).toBe(
      `response = requests.put(\n    "${URL}",\n    headers={"content-type": "a/b"},\n    data="x",\n)\n`,
    )
  })
})

describe('GraphQL', () => {
  test('is json', async () => {
    const body = { kind: 'graphql' as const, query: 'query Q {\n  me\n}', variables: '{"id": 1}' }
    expect(await ownCode({ method: 'POST', body })).toBe(
      `query = """query Q {\n  me\n}"""\n\n${POST}    json={"query": query, "variables": {"id": 1}},\n)\n`,
    )
  })

  test('whose variables are no JSON for now is a text', async () => {
    const body = { kind: 'graphql' as const, query: '{ me }', variables: '{"id": {{id}}}' }
    expect(await ownCode({ method: 'POST', body, variables: [secret('id')] })).toContain(
      `    data=f'{{"query":"{{ me }}","variables":{{"id": {os.environ["ID"]}}}}}'.encode(),\n`,
    )
  })
})

describe('a form', () => {
  test('is a dictionary, or a list where a name comes twice', async () => {
    expect(await requestsCode(form(row('a', '1'), row('b', 'é & ü')))).toBe(
      `response = requests.post("${URL}", data={"a": "1", "b": "é & ü"})\n`,
    )
    expect(await requestsCode(form(row('a', '1'), row('a', '2')))).toBe(
      `response = requests.post("${URL}", data=[("a", "1"), ("a", "2")])\n`,
    )
    expect(await requestsCode(form())).toBe(`response = requests.post("${URL}")\n`)
  })

  test('has the type that its rules give it', async () => {
    const options = { behaviour: 'browser', timeout: { connect: null }, omitHeaders: ['user-agent', 'accept-language'] } as const
    expect(await requestsCode({ ...form(row('a', '~')), options: { ...options, omitHeaders: [...options.omitHeaders] } })).toContain(
      '"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",\n',
    )
    const secretForm = { ...form(row('a', '{{id}}')), variables: [secret('id')], options: { omitHeaders: ['Content-Type'] } }
    expect(await ownCode(secretForm)).toContain(`data=f"a={quote_plus(os.environ['ID'])}"`)
    expect(await ownCode({ ...form(row('a', 'b c')), options: { omitHeaders: ['Content-Type'] } })).toBe(
      `response = requests.post("${URL}", data="a=b+c")\n`,
    )
  })
})

const RELATIVE = 'changed: The code has to run in the folder of the collection: its file paths are relative to that.'

describe('files', () => {
  const text = (name: string, value: string, more: Partial<Part> = {}): Part =>
    ({ kind: 'text', name, value, enabled: true, contentType: '', headers: [], ...more }) as Part
  const file = (name: string, path: string, more: Partial<Part> = {}): Part =>
    ({ kind: 'file', name, files: [path], filename: '', enabled: true, contentType: '', headers: [], ...more }) as Part

  async function made(parts: Part[], code = requestsCode): Promise<string> {
    const root = await tempDir()
    for (const name of ['a.png', 'b.txt', 'é.bin']) await writeFile(join(root, name), 'content')
    return code({ method: 'POST', body: { kind: 'multipart', parts } }, { root })
  }

  test('are open while they are sent, the fields in data', async () => {
    expect(await made([file('image', 'a.png'), text('title', 'x')])).toBe(
      `with open("a.png", "rb") as file:\n    response = requests.post(\n        "${URL}",\n        data={"title": "x"},\n        files={"image": file},\n    )\n`,
    )
  })

  test('have the name, the type and the headers that they are sent with', async () => {
    const parts = [
      text('meta', '{}', { contentType: 'application/json' }),
      file('image', 'a.png', { filename: 'b.png', contentType: 'image/png', headers: [row('X-A', '1')] }),
      file('image', 'b.txt', { contentType: 'text/plain' }),
    ]
    expect(await made(parts)).toBe(
      [
        'with open("a.png", "rb") as file1:\n    with open("b.txt", "rb") as file2:\n        response = requests.post(\n',
        `            "${URL}",\n            files=[\n                ("meta", (None, "{}", "application/json")),\n`,
        '                ("image", ("b.png", file1, "image/png", {"X-A": "1"})),\n',
        '                ("image", ("b.txt", file2, "text/plain")),\n            ],\n        )\n',
      ].join(''),
    )
  })

  test('have the types that their names say, where the rules say so', async () => {
    expect(await made([file('image', 'a.png'), text('title', 'x')], ownCode)).toBe(
      [
        'with open("a.png", "rb") as file:\n    response = requests.post(\n',
        `        "${URL}",\n        files={"image": ("a.png", file, "image/png"), "title": (None, "x")},\n    )\n`,
      ].join(''),
    )
  })

  test('are needed for multipart: fields alone are files without a name', async () => {
    expect(await made([text('a', '1')])).toBe(`response = requests.post("${URL}", files={"a": (None, "1")})\n`)
  })

  test('that are the body itself are streamed', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'a.png'), 'content')
    const document: Partial<RequestDocument> = { method: 'PUT', body: { kind: 'file', path: 'a.png', contentType: '' } }
    expect(await requestsCode(document, { root })).toBe(
      `with open("a.png", "rb") as file:\n    response = requests.put("${URL}", data=file)\n`,
    )
    expect(await ownCode(document, { root })).toBe(
      `with open("a.png", "rb") as file:\n    response = requests.put(\n        "${URL}",\n        headers={"Content-Type": "image/png"},\n        data=file,\n    )\n`,
    )
  })

  test('have headers of one name once, and none without a value', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'a.png'), 'content')
    const headers = [row('Content-Location', '/a'), row('content-location', '/b'), row('X-Empty', '')]
    const body = { kind: 'multipart' as const, parts: [file('f', 'a.png', { headers })] }
    expect(await ownCode({ method: 'POST', body }, { root })).toContain('{"content-location": "/b", "X-Empty": ""}')
    expect(await codeNotes({ method: 'POST', body }, { root })).toEqual([
      RELATIVE,
      'lost: A part’s header is sent once: of content-location only the last.',
      'lost: requests leaves out the part header X-Empty, which has no value.',
    ])
  })

  test('of other names than ASCII, and parts of a file, are spoken of', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'é.bin'), 'content')
    const body = { kind: 'multipart' as const, parts: [file('f', 'é.bin')] }
    expect(await codeNotes({ method: 'POST', body, options: { chunkedUpload: { parts: 2 } } }, { root })).toEqual([
      RELATIVE,
      'changed: A file name that is not ASCII is sent as filename= in UTF-8, without filename* beside it.',
      'lost: The file is sent whole, not in parts.',
    ])
  })

  test('that are large are streamed by MultipartEncoder', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'a.iso'), '')
    await truncate(join(root, 'a.iso'), STREAMED_FROM_BYTES)
    const body = { kind: 'multipart' as const, parts: [text('a', '1'), file('f', 'a.iso')] }
    expect(await requestsCode({ method: 'POST', body }, { root })).toBe(
      [
        'import requests\nfrom requests_toolbelt import MultipartEncoder\n\n',
        '# MultipartEncoder (pip install requests-toolbelt) streams the files; requests itself\n# would hold all of them in memory.\n',
        'with open("a.iso", "rb") as file:\n',
        '    encoder = MultipartEncoder(fields=[("a", "1"), ("f", ("a.iso", file))])\n',
        `    response = requests.post(\n        "${URL}",\n        headers={"Content-Type": encoder.content_type},\n        data=encoder,\n    )\n`,
      ].join(''),
    )
    expect(await codeNotes({ method: 'POST', body }, { root })).toEqual([
      RELATIVE,
      'changed: The code needs requests-toolbelt for its multipart body.',
    ])
  })

  test('with a boundary that is typed need MultipartEncoder', async () => {
    const headers = [row('Content-Type', 'multipart/mixed; boundary=abc')]
    const parts = [text('a', '1'), file('f', 'a.png')]
    const root = await tempDir()
    await writeFile(join(root, 'a.png'), 'content')
    expect(await ownCode({ method: 'POST', headers, body: { kind: 'multipart', parts } }, { root })).toBe(
      [
        'import requests\nfrom requests_toolbelt import MultipartEncoder\n\n',
        '# MultipartEncoder (pip install requests-toolbelt) takes the boundary that is typed.\n',
        'with open("a.png", "rb") as file:\n    encoder = MultipartEncoder(\n',
        '        fields=[("a", "1"), ("f", ("a.png", file, "image/png"))],\n        boundary="abc",\n    )\n',
        `    response = requests.post(\n        "${URL}",\n        headers={"Content-Type": "multipart/mixed; boundary=abc"},\n        data=encoder,\n    )\n`,
      ].join(''),
    )
  })
})
