import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HISTORY_DEFAULTS } from '#contract/model/history-defaults.ts'
import { SETTINGS_DEFAULTS } from '#contract/model/settings-defaults.ts'
import { SettingsSchema } from '#contract/model/settings.ts'
import { createSettingsFile } from '#core/storage/settings.ts'
import { tempDir } from '../../../support/temp-dir.ts'

async function fileWith(text: string | null) {
  const dir = await tempDir()
  const path = join(dir, 'settings.json')
  if (text !== null) await writeFile(path, text)
  const lines: string[] = []
  return { dir, path, lines, settings: createSettingsFile(dir, (line) => lines.push(line)) }
}

describe('the settings file', () => {
  test('is not needed: the defaults hold, and are those that the window begins with', async () => {
    const { settings } = await fileWith(null)

    expect(await settings.read()).toEqual(SETTINGS_DEFAULTS)
  })

  test('keeps keys that this version does not know', async () => {
    const { settings, path } = await fileWith('\uFEFF{ "future": [1], "theme": "light", "history": { "later": 1 } }')

    await settings.write({ theme: 'dark', history: { maxAgeDays: 7 } })

    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ future: [1], theme: 'dark', history: { later: 1, maxAgeDays: 7 } })
    expect(await settings.read()).toEqual(SettingsSchema.parse({ theme: 'dark', history: { maxAgeDays: 7 } }))
  })

  test('takes changes from two windows, each of something else, and keeps both', async () => {
    const { dir, settings: one } = await fileWith(null)
    const other = createSettingsFile(dir, () => undefined)

    await Promise.all([
      one.write({ history: { maxAgeDays: 7 }, keys: { 'request.send': ['F5'] } }),
      other.write({ theme: 'dark', defaults: { timeout: { connect: 5 } } }),
      one.write({ history: { maxEntries: null }, keys: { 'tab.close': [] } }),
    ])

    const expected = SettingsSchema.parse({
      theme: 'dark',
      history: { maxAgeDays: 7, maxEntries: null },
      defaults: { timeout: { connect: 5 } },
      keys: { 'request.send': ['F5'], 'tab.close': [] },
    })
    expect(await other.read()).toEqual(expected)
    expect(await one.write({})).toEqual(expected)
  })

  test('forgets what is reset, and nothing else', async () => {
    const { settings, path } = await fileWith(
      '{ "theme": "dark", "defaults": { "verify": false, "http2": true }, "keys": { "tab.close": [] } }',
    )

    await settings.write({ reset: [['theme'], ['defaults', 'verify'], ['keys', 'tab.close'], ['uiFontSize']], layout: 'below' })

    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ defaults: { http2: true }, layout: 'below' })
  })

  test('that cannot be understood is told of once, holds the defaults, and is not written to until it is set aside', async () => {
    const { settings, dir, path, lines } = await fileWith('{ "theme": ')

    expect(await settings.read()).toEqual(SETTINGS_DEFAULTS)
    expect((await settings.state()).fault).toContain(path)
    await expect(settings.write({ theme: 'dark' })).rejects.toMatchObject({ kind: 'Unreadable' })
    expect(await readFile(path, 'utf8')).toBe('{ "theme": ')
    expect(lines).toHaveLength(1)

    expect(await settings.startAnew()).toMatchObject({ fault: null, settings: SETTINGS_DEFAULTS })
    await settings.write({ theme: 'dark' })

    const aside = (await readdir(dir)).find((name) => name.endsWith('.broken')) ?? ''
    expect(await readFile(join(dir, aside), 'utf8')).toBe('{ "theme": ')
    expect(await settings.startAnew()).toMatchObject({ settings: { theme: 'dark' } })
  })

  test('with a value that makes no sense is told of, stays, and the default of that value alone holds', async () => {
    const { settings, dir, lines } = await fileWith('{ "theme": "blue", "history": { "maxAgeDays": -1, "maxEntries": 5 } }')

    const state = await settings.state()

    expect(state.settings).toMatchObject({ theme: 'system', history: { ...HISTORY_DEFAULTS, maxEntries: 5 } })
    expect(state.ignored).toEqual(['theme', 'history.maxAgeDays'])
    expect(lines.join()).toContain('theme')
    expect(await readdir(dir)).toEqual(['settings.json'])
  })
})
