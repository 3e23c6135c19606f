import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { join } from 'node:path'
import { openDatabase } from '#core/history/history-database.ts'
import { searchFor } from '#core/history/history-search.ts'
import { NO_LIMITS, row, type RowFacts } from '../../../support/history-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

async function found(rows: readonly RowFacts[], text: string): Promise<string[]> {
  const db = openDatabase(join(await tempDir(), 'history.db'))
  onTestFinished(db.close)
  db.insert(rows.map(row), NO_LIMITS, Date.now())
  return db.list({ filter: { text }, cursor: null, limit: 50 }).entries.map(({ url }) => new URL(url).pathname)
}

const ROWS: readonly RowFacts[] = [
  {
    url: 'https://api.example.com/invoices/4711-a',
    received: '{"customer": "Zoë Müller", "note": "line one\\nsecond", "city": "\\u041c\\u043e\\u0441\\u043a\\u0432\\u0430"}',
  },
  { url: 'https://api.example.com/orders', sent: 'name=needle', head: 'X-Trace: abc-123-def\nAuthorization' },
  { url: 'https://api.example.com/texts', received: '東京都渋谷区で会いましょう' },
]

describe('text that is looked for', () => {
  test.each([
    ['a part of the URL, within words', 'voices/47', ['/invoices/4711-a']],
    ['the beginning of a word of the response', 'custo', ['/invoices/4711-a']],
    ['a word without its accents', 'muller', ['/invoices/4711-a']],
    ['a word after an escaped line end', 'second', ['/invoices/4711-a']],
    ['a word that JSON has in escapes', 'москва', ['/invoices/4711-a']],
    ['a word of the request', 'needle', ['/orders']],
    ['the value of a header, as a phrase', 'abc-123', ['/orders']],
    ['words of different places', 'needle trace', ['/orders']],
    ['characters within a text without spaces', '渋谷', ['/texts']],
    ['a phrase in quotes', '"abc 123 def"', ['/orders']],
    ['a phrase in quotes in another order', '"123 abc"', []],
    ['words that are of different entries', 'needle customer', []],
    ['all, newest first', 'api.example.com', ['/texts', '/orders', '/invoices/4711-a']],
    ['nothing but signs', '&&& ((', []],
  ])('finds %s', async (_what, text, paths) => {
    expect(await found(ROWS, text)).toEqual(paths)
  })

  test('is no syntax, whatever is typed', async () => {
    const db = openDatabase(join(await tempDir(), 'history.db'))
    onTestFinished(db.close)
    db.insert(ROWS.map(row), NO_LIMITS, Date.now())
    const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^[ "'*:^(){}+a-cANDORNEAT,.-]{0,30}$/))

    fc.assert(
      fc.property(typed, (text) => {
        expect(Array.isArray(db.list({ filter: { text }, cursor: null, limit: 5 }).entries)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('that is blank asks for nothing', () => {
    expect(searchFor(' \0\t')).toBeNull()
  })
})
