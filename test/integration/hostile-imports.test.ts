// Files of other programs that were written to do harm: what they name lands in the folder that was chosen, whatever the
// name; what they refer to is not read; and nothing of them is run.
import { readdir, readFile, realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coreKit } from '../support/core-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { put } from '../unit/core/storage/workspace-kit.ts'

const NAMES = [
  '../../evil',
  '..\\..\\evil',
  '..',
  '.',
  '/etc/cron.d/evil',
  'C:\\Windows\\evil',
  'a/../../../evil',
  '%2e%2e%2fevil',
  '.git/hooks/pre-commit',
  '.bashrc',
  'opencollection.yml',
  'folder.yml',
  'CON',
  'evil\0.yml',
  'evil\n../x',
  '\u202elmy.live',
  '__proto__',
  'x'.repeat(5000),
  '$(touch evil)',
  '{{$processEnv HOME}}',
]
const SECRET_FILE = '../../outside/secret.txt'
const SCRIPT = 'require("fs").writeFileSync("evil", "x"); process.exit(1)'

const postman = JSON.stringify({
  info: { name: '../../evil', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  variable: NAMES.map((key) => ({ key, value: SCRIPT })),
  event: [{ listen: 'prerequest', script: { exec: [SCRIPT] } }],
  item: NAMES.map((name) => ({
    name,
    item: [
      {
        name,
        event: [{ listen: 'test', script: { exec: [SCRIPT] } }],
        request: { method: 'POST', url: 'http://x.test/', body: { mode: 'file', file: { src: SECRET_FILE } } },
        response: [{ name, code: 200, status: 'OK', header: [], body: '<script>alert(1)</script>' }],
      },
    ],
  })),
})

const insomnia = JSON.stringify({
  _type: 'export',
  __export_format: 4,
  resources: [
    { _id: 'wrk_1', _type: 'workspace', name: '../../evil', parentId: null },
    ...NAMES.flatMap((name, index) => [
      { _id: `fld_${index}`, _type: 'request_group', name, parentId: 'wrk_1' },
      {
        _id: `req_${index}`,
        _type: 'request',
        name,
        parentId: `fld_${index}`,
        method: 'GET',
        url: `http://x.test/{% file '${SECRET_FILE}' %}`,
      },
      { _id: `env_${index}`, _type: 'environment', name, parentId: 'wrk_1', data: { a: '1' } },
    ]),
  ],
})

const openapi = JSON.stringify({
  openapi: '3.1.0',
  info: { title: '../../evil', version: '1' },
  servers: [{ url: 'file:///etc/passwd' }],
  paths: Object.fromEntries(
    NAMES.map((name) => [
      `/${name}`,
      {
        get: {
          operationId: name,
          summary: name,
          tags: [name],
          parameters: [{ $ref: `${SECRET_FILE}#/x` }, { $ref: 'file:///etc/passwd' }],
          responses: {},
        },
      },
    ]),
  ),
})

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}

describe.each([
  ['Postman', postman],
  ['Insomnia', insomnia],
  ['OpenAPI', openapi],
])('an import of %s with names and files that lead out', (_program, text) => {
  test('stays in its folder, reads nothing else, and every item of it can be opened', async () => {
    const folder = await realpath(await tempDir())
    const root = join(folder, 'inner', 'collection')
    await put(join(folder, 'outside'), { 'secret.txt': 'the secret of somebody else' })
    const { call } = await coreKit({}, join(folder, 'data'))
    const { importId } = (await call('import.read', { ticket: 'ticket-1', source: { kind: 'text', text } })) as { importId: string }
    const written = (await call('import.write', {
      importId,
      hideCredentials: true,
      target: { kind: 'collection', name: 'In', path: root },
    })) as object

    const made = (await filesBelow(folder)).filter((path) => !path.startsWith(join(folder, 'data') + sep))
    const outside = made.filter((path) => relative(root, path).startsWith('..'))
    const texts = await Promise.all(made.filter((path) => !outside.includes(path)).map((path) => readFile(path, 'utf8')))
    const { collections } = (await call('workspace.read', {})) as { collections: { nodes: { id: string; kind: string }[] }[] }
    const requests = collections.flatMap(({ nodes }) => nodes).filter(({ kind }) => kind === 'request')
    const opened = (await Promise.all(requests.map(({ id }) => call('request.open', { id })))) as { kind: string }[]

    expect(written).toBeTruthy()
    expect(outside).toEqual([join(folder, 'outside', 'secret.txt')])
    expect(texts.length).toBeGreaterThan(NAMES.length)
    expect(texts.filter((one) => one.includes('the secret of somebody else') || one.includes('root:x:0'))).toEqual([])
    expect(requests.length).toBeGreaterThanOrEqual(NAMES.length)
    expect(opened.filter(({ kind }) => kind !== 'request')).toEqual([])
    // Hidden files are somebody else's: of git, of the shell.
    expect(
      made.filter((path) =>
        relative(folder, path)
          .split(sep)
          .some((part) => part.startsWith('.')),
      ),
    ).toEqual([])
    expect(await readdir(process.cwd())).not.toContain('evil')
  })
})
