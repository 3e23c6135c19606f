import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { asciiChunks, inAscii } from '../../../scripts/lib/ascii-chunks.mjs'

/** So long that the few characters in question pay. */
const padded = (code: string): string => `${code}${' '.repeat(200)}`

test.each([
  ['a string', `'… é 😀'`],
  ['a template', '`“${1 + 1}” – 丂`'],
  ['a string with an escape that it does not need', `'\\… \\\\…'`],
  ['a regular expression', `[/^[–😀]+$/u.test('–😀'), /^\\…$/.test('…')]`],
  ['a name', `(() => { const grün = 'x'; return { grün } })()`],
])('%s says the same in ASCII', (_what, code) => {
  const escaped = inAscii(padded(code))

  expect(escaped).toMatch(/^[\0-\x7f]*$/)
  expect(runInNewContext(escaped)).toEqual(runInNewContext(code))
})

test('a table of such characters stays as it is, since it would grow', () => {
  const table = `const table = '${'丂'.repeat(100)}'`

  expect(inAscii(table)).toBe(table)
})

test('what cannot be escaped is refused', () => {
  expect(() => inAscii(padded('String.raw`…`'))).toThrow('String.raw')
})

test('all code of a build is written so, and what is no code is left alone', () => {
  const code = padded(`say('…')`)
  const bundle = { a: { type: 'chunk' as const, code }, b: { type: 'asset' as const } }

  asciiChunks().generateBundle({}, bundle)

  expect(bundle).toEqual({ a: { type: 'chunk', code: padded(`say('\\u2026')`) }, b: { type: 'asset' } })
})
