import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HISTORY_DEFAULTS } from '#contract/model/history-defaults.ts'
import { SettingsSchema } from '#contract/model/settings.ts'
import { createSettingsFile } from '#core/storage/settings.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('the settings file', () => {
  test('is not needed: the defaults hold', async () => {
    expect(await createSettingsFile(await tempDir(), () => undefined).read()).toMatchObject({ theme: 'system', history: HISTORY_DEFAULTS })
  })

  test('keeps keys that this version does not know', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'settings.json'), '{ "future": [1], "theme": "light" }')
    const settings = createSettingsFile(dir, () => undefined)

    await settings.write({ theme: 'dark' })

    expect(JSON.parse(await readFile(join(dir, 'settings.json'), 'utf8'))).toMatchObject({ future: [1], theme: 'dark' })
    expect(await settings.read()).toEqual(SettingsSchema.parse({ theme: 'dark' }))
  })

  test('takes changes from two windows, each of something else, and keeps both', async () => {
    const dir = await tempDir()
    const [one, other] = [createSettingsFile(dir, () => undefined), createSettingsFile(dir, () => undefined)]

    await Promise.all([
      one.write({ history: { maxAgeDays: 7 } }),
      other.write({ theme: 'dark' }),
      one.write({ history: { maxEntries: null } }),
    ])

    const expected = SettingsSchema.parse({ theme: 'dark', history: { maxAgeDays: 7, maxEntries: null } })
    expect(await other.read()).toEqual(expected)
    expect(await one.write({})).toEqual(expected)
  })

  test('that is damaged is set aside, told of, and not lost by the next write', async () => {
    const dir = await tempDir()
    const lines: string[] = []
    await writeFile(join(dir, 'settings.json'), '{ "theme": ')
    const settings = createSettingsFile(dir, (line) => lines.push(line))

    await settings.write({ theme: 'dark' })

    const aside = (await readdir(dir)).find((name) => name.endsWith('.broken'))
    expect(await readFile(join(dir, aside!), 'utf8')).toBe('{ "theme": ')
    expect(lines).toHaveLength(1)
  })

  test('with a value that makes no sense is told of, stays, and the default holds', async () => {
    const dir = await tempDir()
    const lines: string[] = []
    await writeFile(join(dir, 'settings.json'), '{ "theme": "blue" }')

    expect(await createSettingsFile(dir, (line) => lines.push(line)).read()).toMatchObject({ theme: 'system', history: HISTORY_DEFAULTS })
    expect(lines.join()).toContain('theme')
    expect(await readdir(dir)).toEqual(['settings.json'])
  })
})
