import { expect, test } from 'vitest'
import { SettingsSchema } from '#contract/model/settings.ts'
import { optionsChange, withChange } from '../../../../src-renderer/lib/settings-edits.ts'

const SETTINGS = SettingsSchema.parse({ theme: 'dark', history: { maxAgeDays: 7 }, defaults: { verify: false, timeout: { read: 1 } } })

test('what is shown after a change is what core will answer: tables key by key, what is reset with its default', () => {
  const change = {
    uiFontSize: 15,
    history: { maxEntries: 5 },
    keys: { a: [] },
    reset: [['theme'], ['history', 'maxAgeDays'], ['defaults', 'verify']],
  }

  const shown = withChange(SETTINGS, change)

  const expected = { uiFontSize: 15, history: { maxEntries: 5 }, keys: { a: [] }, defaults: { timeout: { read: 1 } } }
  expect(shown).toEqual(SettingsSchema.parse(expected))
})

test('an edit of options becomes what is set anew and what is taken out', () => {
  const after = { timeout: { read: 2 }, http2: true }

  expect(optionsChange(SETTINGS.defaults, after)).toEqual({ defaults: after, reset: [['defaults', 'verify']] })
  expect(optionsChange(SETTINGS.defaults, { ...SETTINGS.defaults })).toEqual({ defaults: {}, reset: [] })
})
