/** Every text of the window is said in every language, and no catalogue holds one that is not there. */
import { expect, test } from 'vitest'
import { textsOfCore } from '../../scripts/lib/core-texts.mjs'
import { textsIn, textsOfWindow } from '../../scripts/lib/texts.mjs'
import { translatorFrom } from '../../src-renderer/languages/catalogue.ts'
import type { LANGUAGE_NAMES } from '../../src-renderer/languages/languages.ts'
import chineseOfCore from '../../src-renderer/languages/zh-CN.core.json' with { type: 'json' }
import chinese from '../../src-renderer/languages/zh-CN.json' with { type: 'json' }

const CATALOGUES: Readonly<Record<Exclude<keyof typeof LANGUAGE_NAMES, 'en'>, Readonly<Record<string, string>>>> = { 'zh-CN': chinese }
const CORE_CATALOGUES: typeof CATALOGUES = { 'zh-CN': chineseOfCore }
const { marked, unmarked } = textsOfWindow()

const places = (text: string): readonly string[] => text.match(/%\{\d+\}/g) ?? []

test('no text of the window stands there unmarked', () => {
  expect(marked.size).toBeGreaterThan(2000)
  expect(unmarked).toEqual([])
})

test.each([
  'const a = <p>Not sent</p>',
  'const a = <p>{isSent ? null : "Not sent"}</p>',
  'const a = <img alt={isOld && `Not ${word} now`} />',
  'const a = <p aria-description="Sent" />',
  'const items = [{ label: "Send", onSelect }]',
  'addNotice({ tone: "info", text: isOne ? "Copied" : t`Copied all` })',
  'const words = [isOn ? t`on` : "off"]',
  'const words = [isOn && t`on`, isOld && "old"]',
  'const THEME_WORDS = { light: "light" }',
  'function outcomeWords() { return "passed" }',
  'const problem = fail("The file cannot be read")',
])('a text that people read is seen unmarked: %s', (code) => {
  expect(textsIn('a.tsx', code).unmarked).toHaveLength(1)
})

test.each([
  'const a = <p>{t`Not sent`}</p>',
  'const a = <code>res.status eq 200</code>',
  'const a = <p className="one two" role="alert" title={`${count} ms`} />',
  'const options = [{ value: "json", label: t`JSON` }]',
  'if (kind === "not sent") throw new Error("This cannot be: nothing was sent")',
  'document.querySelector("[role=tree] button, summary")',
  'const parts = [["queued", t`Queued`]]',
])('code is none: %s', (code) => {
  expect(textsIn('a.tsx', code).unmarked).toEqual([])
})

test.each(Object.entries(CATALOGUES))('%s has every text, and no other', (_language, texts) => {
  expect([...marked].filter(([key]) => !Object.hasOwn(texts, key)).map(([key, files]) => `${key} (${files[0]})`)).toEqual([])
  expect(Object.keys(texts).filter((key) => !marked.has(key))).toEqual([])
})

test.each(Object.entries(CATALOGUES))('%s says each text with values that it has', (language, texts) => {
  const translate = translatorFrom(language, texts)
  const wrong = Object.entries(texts).filter(([key, text]) => {
    const known = new Set(places(key))
    const values = [...known].map((_place, index) => `‹${index}›`)
    return text.trim() === '' || places(text).some((place) => !known.has(place)) || translate(key, values)?.includes('%{') !== false
  })
  expect(wrong).toEqual([])
})

test.each(Object.entries(CORE_CATALOGUES))('%s has every sentence of core, and no other', (_language, texts) => {
  const { sentences, all } = textsOfCore()
  expect(sentences.size).toBeGreaterThan(1500)
  expect([...sentences].filter((sentence) => !Object.hasOwn(texts, sentence))).toEqual([])
  expect(Object.keys(texts).filter((key) => !all.has(key))).toEqual([])
  const strange = Object.entries(texts).filter(([key, text]) => places(text).some((place) => !places(key).includes(place)))
  expect(strange).toEqual([])
})

test('texts are in order in a catalogue, so that two changes of it seldom meet', () => {
  for (const texts of [...Object.values(CATALOGUES), ...Object.values(CORE_CATALOGUES)])
    expect(Object.keys(texts)).toEqual(Object.keys(texts).toSorted())
})
