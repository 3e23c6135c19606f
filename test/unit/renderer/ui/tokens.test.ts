import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const CSS = readFileSync(new URL('../../../../src-renderer/ui/tokens.css', import.meta.url), 'utf8')

type Theme = Readonly<Record<string, string>>
const colorsOf = (css: string, selector: RegExp): Theme => {
  const block = selector.exec(css)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}
const LIGHT = colorsOf(CSS, /^:root\s*{([^}]*)}/m)
const DARK = { ...LIGHT, ...colorsOf(CSS, /^\[data-theme='dark'\]\s*{([^}]*)}/m) }
const MORE = colorsOf(CSS, /^\[data-contrast='more'\]\s*{([^}]*)}/m)
const THEMES: Readonly<Record<string, Theme>> = {
  light: LIGHT,
  dark: DARK,
  'light, more contrast': { ...LIGHT, ...MORE },
  'dark, more contrast': { ...DARK, ...MORE, ...colorsOf(CSS, /^\[data-contrast='more'\]\[data-theme='dark'\]\s*{([^}]*)}/m) },
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function ratio(theme: Theme, a: string, b: string): number {
  const [low = 0, high = 0] = [theme[a], theme[b]].map((color) => luminance(color ?? '')).sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const GROUNDS = ['bg', 'bg-raised', 'bg-sunken', 'bg-hover', 'bg-selected']
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent-text', 'danger', 'warning', 'success', 'info', 'violet']
const ON_SOFT = [
  ['danger', 'danger-soft'],
  ['warning', 'warning-soft'],
  ['success', 'success-soft'],
  ['accent-text', 'accent-soft'],
  ['text', 'danger-soft'],
  ['on-accent', 'accent'],
]

describe.each(Object.keys(THEMES))('colours of %s', (name) => {
  const theme = THEMES[name] ?? {}
  const wanted = name.endsWith('more contrast') ? { text: 7, line: 4.5 } : { text: 4.5, line: 3 }

  test('every text reads well enough on every ground it stands on', () => {
    const pairs = [...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground])), ...ON_SOFT]
    const faint = pairs.filter(([text = '', ground = '']) => ratio(theme, text, ground) < wanted.text)

    expect(faint.map(([text = '', ground = '']) => `${text} on ${ground}: ${ratio(theme, text, ground).toFixed(2)}`)).toEqual([])
  })

  test('borders of controls and the focus ring stand out well enough', () => {
    const weak = ['border-control', 'accent'].flatMap((line) =>
      ['bg', 'bg-raised', 'bg-sunken']
        .filter((ground) => ratio(theme, line, ground) < wanted.line)
        .map((ground) => `${line} on ${ground}: ${ratio(theme, line, ground).toFixed(2)}`),
    )

    expect(weak).toEqual([])
  })
})
