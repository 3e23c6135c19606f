// The documentation is true: what it shows can be run and read, what it links to is there. Examples in `sh` are run, those
// in `yaml` and `json` read by what reads such files; a first line such as `# api/opencollection.yml` says which file it is.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { SettingsSchema } from '#contract/model/settings.ts'
import { createCore, type Core } from '#core/create-core.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { allPages, anchorOf, fileNamed, ROOT, type Example, type Page } from '../support/doc-pages.ts'
import { docFolder } from '../support/doc-shell.ts'

const CHINESE = 'docs/zh-CN/'
const pages = allPages()
/** Examples of a translation are those of its original (`test/architecture/chinese-manual.test.ts`). */
const originals = pages.filter(({ path }) => !path.startsWith(CHINESE))
const pageOf = (path: string): Page => {
  const page = pages.find((candidate) => candidate.path === path)
  if (!page) throw new Error(`There is no page ${path}.`)
  return page
}
const examplesIn = (page: Page, language: string): readonly Example[] => page.examples.filter((example) => example.language === language)
const at = (page: Page, example: Example): string => `${page.path}:${example.line}`

let dir: string
let core: Core
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-docs-'))
  core = await createCore({
    dataDir: join(dir, 'core'),
    log: () => undefined,
    watch: false,
    env: {},
    now: Date.now,
    capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
  })
})
afterAll(async () => {
  await core.close()
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
})

describe('the pages', () => {
  test('have one title each, and it comes first', () => {
    for (const { path, prose } of pages) {
      expect([path, prose.match(/^# .+$/gm)?.length, prose.startsWith('# ')]).toEqual([path, 1, true])
    }
  })

  test('link to what is there', () => {
    for (const { path, prose } of pages) {
      for (const [, link = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(?:https?|mailto):/.test(link)) continue
        const [file = '', anchor] = link.split('#')
        const target = file === '' ? path : relative(ROOT, resolve(ROOT, dirname(path), file))
        expect(existsSync(join(ROOT, target)), `${path} → ${link}`).toBe(true)
        if (anchor === undefined) continue
        const anchors = [...pageOf(target).prose.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))
        expect(anchors, `${path} → ${link}`).toContain(anchor)
      }
    }
  })

  test.each([
    ['docs/README.md', originals.filter(({ path }) => path.startsWith('docs/'))],
    [`${CHINESE}README.md`, pages.filter(({ path }) => path.startsWith(CHINESE))],
  ])('are all in the index %s', (path, listed) => {
    const index = pageOf(path)
    const linked = [...index.prose.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, link = '']) => relative(ROOT, resolve(ROOT, dirname(path), link)))

    expect(linked).toEqual(expect.arrayContaining(listed.filter((page) => page !== index).map((page) => page.path)))
  })

  test('name only npm scripts that there are', () => {
    for (const { path, text } of pages) {
      const named = [...text.matchAll(/(?:^|`|&& )npm run ([a-z][\w:]*)/gm)].map((match) => match[1])
      expect(Object.keys(packageFile.scripts), path).toEqual(expect.arrayContaining(named))
    }
  })

  test('show commands of ours only where they are run', () => {
    for (const page of pages) {
      const shown = page.examples.filter(({ language, text }) => language !== 'sh' && /^(?:npx )?posthaste /m.test(text))
      expect(shown.map((example) => at(page, example))).toEqual([])
    }
  })
})

describe('the commands', () => {
  const shown = originals.filter((page) => examplesIn(page, 'sh').length > 0)

  test.each(shown.map((page) => [page.path, page] as const))('of %s do what they say', async (path, page) => {
    const folder = await docFolder(await mkdtemp(join(dir, `${basename(path)}-`)), page)

    for (const example of examplesIn(page, 'sh')) {
      const outcome = await folder
        .run(example)
        .catch((error: Error & { stderr?: string }) => ({ error: error.message, stderr: error.stderr }))
      expect(outcome, at(page, example)).not.toHaveProperty('error')
    }
  })
})

describe('the files', () => {
  const shown = originals.filter((page) => examplesIn(page, 'yaml').length > 0)

  test.each(shown.map((page) => [page.path, page] as const))('of %s are read as they stand', async (path, page) => {
    const folder = await mkdtemp(join(dir, `${basename(path)}-`))
    await writeFile(join(folder, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Example }\n')
    for (const example of examplesIn(page, 'yaml')) {
      expect(() => parse(example.text, { strict: true }) as unknown, at(page, example)).not.toThrow()
      const name = fileNamed(example)
      if (name === null) continue
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), example.text)
      if (!/(?:^|\/)(?:opencollection|folder)\.yml$|^environments\//.test(name)) {
        const read = await core.readRequestFile({ text: example.text, baseDir: folder })
        expect(read, at(page, example)).toMatchObject({ ok: true })
      }
    }
    const context = { clientId: 'docs', signal: new AbortController().signal }
    const opened = await core.call('collection.open', { path: folder }, context)
    expect(opened, path).toMatchObject({ ok: true })
    expect(JSON.stringify(opened), path).not.toContain('"Unreadable"')
  })

  test('in JSON are JSON, and settings are settings', () => {
    for (const page of originals) {
      for (const example of examplesIn(page, 'json')) {
        const value = JSON.parse(example.text) as unknown
        if (page.path === 'docs/settings.md') expect(SettingsSchema.safeParse(value).error, at(page, example)).toBeUndefined()
      }
    }
  })

  test('of docs/file-format.md show what they say', async () => {
    const example = examplesIn(pageOf('docs/file-format.md'), 'yaml')[0]
    const read = await core.readRequestFile({ text: example?.text ?? '', baseDir: dir })

    expect(read.ok && read.value.document).toMatchObject({
      name: 'Create user',
      method: 'POST',
      params: [{ name: 'page', value: '1', enabled: true }],
      headers: [{ enabled: true }, { name: 'X-Off', enabled: false }],
      body: { kind: 'multipart' },
      auth: { kind: 'basic' },
      cookies: [{ name: 'flavour', value: 'oat' }],
      options: { timeout: { connect: 3.05, read: 27, total: 30 } },
    })
  })
})
