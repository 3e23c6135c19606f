// `posthaste import` as a process: what it writes where, and how it ends.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli, type CliResult } from '../support/cli.ts'
import { tempDir } from '../support/temp-dir.ts'

const SHOP = JSON.stringify({
  info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Users',
      item: [
        {
          name: 'List',
          request: { method: 'GET', url: 'https://shop.test/users', auth: { type: 'bearer', bearer: [{ key: 'token', value: 's3cret' }] } },
        },
      ],
    },
  ],
})

interface Kit {
  readonly dir: string
  readonly run: (args: readonly string[], stdin?: string) => Promise<CliResult>
}

async function kit(): Promise<Kit> {
  const dir = await tempDir()
  await writeFile(join(dir, 'shop.json'), SHOP)
  return {
    dir,
    run: (args, stdin) => runCli(['import', ...args, '--data-dir', join(dir, 'data')], { cwd: dir, ...(stdin !== undefined && { stdin }) }),
  }
}

describe('posthaste import', () => {
  test('makes a collection of a file, and says what became of it', async () => {
    const { dir, run } = await kit()

    const { code, stdout, stderr } = await run(['shop.json', '--into', 'shop'])

    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.toString().split('\n')).toEqual([
      'Postman collection “Shop”: 1 request, 1 folder',
      '  Users/',
      '    GET List  https://shop.test/users',
      `Written to ${join(dir, 'shop')}; kept as secrets: {{token}}`,
      '',
    ])
    expect((await readdir(join(dir, 'shop'))).sort()).toEqual(['Users', 'opencollection.yml'])
    expect(await readFile(join(dir, 'shop', 'Users', 'List.yml'), 'utf8')).toContain('{{token}}')
  })

  test('says on a terminal how many files are written, and wipes that line', async () => {
    const { dir } = await kit()
    const item = Array.from({ length: 400 }, (_, index) => ({ name: `R${index}`, request: { url: 'https://shop.test/' } }))
    await writeFile(join(dir, 'many.json'), JSON.stringify({ ...JSON.parse(SHOP), item: [{ name: 'Folder', item }] }))

    const { code, stderr } = await runCli(['import', 'many.json', '--into', 'many', '--data-dir', join(dir, 'data')], {
      cwd: dir,
      env: { NODE_OPTIONS: '--import=data:text/javascript,process.stderr.isTTY=true' },
    })

    expect(code).toBe(0)
    expect(stderr).toMatch(/\r\u001b\[KWriting the files: \d+ of 401\r/)
    expect(stderr.endsWith('\r\u001b[K')).toBe(true)
  })

  test('adds to the collection that the folder is in', async () => {
    const { dir, run } = await kit()
    await mkdir(join(dir, 'mine'))
    await writeFile(join(dir, 'mine', 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Mine\n')

    const { code } = await run(['-', '--into', 'mine/sub', '--keep-credentials'], SHOP)

    expect(code).toBe(0)
    expect(await readdir(join(dir, 'mine', 'sub'))).toEqual(['Users'])
    expect(await readFile(join(dir, 'mine', 'sub', 'Users', 'List.yml'), 'utf8')).toContain('s3cret')
  })

  test('says a method once of a request that is named after it', async () => {
    const { run } = await kit()

    const { stdout } = await run(['-', '--dry-run'], 'import requests\nrequests.get("https://shop.test/list")\n')

    expect(stdout.toString()).toBe('Python requests script: 1 request\n  GET /list  https://shop.test/list\n')
  })

  test('what gives something to all its requests comes into a folder of its own, and none of the others have it', async () => {
    const { dir, run } = await kit()
    await mkdir(join(dir, 'mine'))
    await writeFile(join(dir, 'mine', 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo:\n  name: Mine\n')
    const giving = JSON.stringify({ ...JSON.parse(SHOP), auth: { type: 'basic', basic: [{ key: 'username', value: 'u' }] } })

    const { code, stderr } = await run(['-', '--into', 'mine'], giving)

    expect(code).toBe(0)
    expect(stderr).toContain('changed: Shop: It came into a folder of its own, which has what it gives to all its requests.')
    expect((await readdir(join(dir, 'mine'))).sort()).toEqual(['Shop', 'opencollection.yml'])
    expect(await readFile(join(dir, 'mine', 'Shop', 'folder.yml'), 'utf8')).toContain('basic')
    expect(await readFile(join(dir, 'mine', 'opencollection.yml'), 'utf8')).not.toContain('basic')
  })

  test('--dry-run --json says what would be, and writes nothing', async () => {
    const { dir, run } = await kit()

    const { code, stdout } = await run(['shop.json', '--dry-run', '--json', '--into', 'shop'])

    expect(code).toBe(0)
    expect(JSON.parse(stdout.toString())).toMatchObject({
      ok: true,
      format: 'postman',
      counts: { requests: 1, credentials: 1 },
      rows: [{ kind: 'folder' }, { kind: 'request', method: 'GET', name: 'List' }],
      written: null,
    })
    expect((await readdir(dir)).sort()).toEqual(['data', 'shop.json'])
  })

  test('a broken file ends with 2, says the line and column, and writes nothing', async () => {
    const { dir, run } = await kit()
    await writeFile(join(dir, 'broken.json'), '{\n  "info": {"name": "x",\n  }\n}')

    const { code, stdout, stderr } = await run(['broken.json', '--from', 'postman', '--into', 'shop'])

    expect([code, stdout.toString()]).toEqual([2, ''])
    expect(stderr).toMatch(/^Unreadable: broken\.json is not valid JSON: line 2, column 23: /)
    expect((await readdir(dir)).sort()).toEqual(['broken.json', 'data', 'shop.json'])
  })

  test.each([
    [['shop.json'], /--into FOLDER/],
    [['none.json', '--into', 'x'], /FileNotFound: .*none\.json/],
    [['shop.json', '--into', 'x', '--from', 'telegram'], /It takes one of curl, /],
    [['-', 'shop.json', '--into', 'x'], /Standard input/],
  ])('ends with 2 for %j', async (args, words) => {
    const { run } = await kit()

    const { code, stderr } = await run(args, '')

    expect(code).toBe(2)
    expect(stderr).toMatch(words)
  })
})
