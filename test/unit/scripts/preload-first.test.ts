import { expect, test } from 'vitest'
import { preloadFirst } from '../../../scripts/lib/preload-first.mjs'

const { handler } = preloadFirst('/src/begin.tsx', /\/words-/).transformIndexHtml
const css = (...names: string[]): { importedCss: ReadonlySet<string> } => ({ importedCss: new Set(names) })
const bundle = {
  a: { fileName: 'assets/index.js', facadeModuleId: '/src/main.ts', imports: ['assets/language.js'], viteMetadata: css() },
  b: { fileName: 'assets/begin.js', facadeModuleId: '/src/begin.tsx', imports: ['assets/first.js', 'assets/language.js'] },
  c: { fileName: 'assets/first.js', imports: ['assets/language.js'], viteMetadata: css('assets/first.css') },
  d: { fileName: 'assets/language.js', imports: [], viteMetadata: css('assets/language.css') },
  e: { fileName: 'assets/later.js', imports: ['assets/first.js'], viteMetadata: css('assets/later.css') },
  f: { fileName: 'assets/words-1.woff2' },
  g: { fileName: 'assets/code-1.woff2' },
}

test('the page names what it is first drawn with, once: scripts, styles and the font of its words', () => {
  const page = '<link rel="stylesheet" href="./assets/language.css"><link rel="modulepreload" href="./assets/language.js">'

  const links = handler(page, { bundle }).map(({ attrs }) => `${String(attrs['rel'])} ${String(attrs['href'])}`)

  expect(links).toEqual([
    'stylesheet ./assets/first.css',
    'modulepreload ./assets/begin.js',
    'modulepreload ./assets/first.js',
    'preload ./assets/words-1.woff2',
  ])
})

test('a build without what the page begins with is told of', () => {
  expect(() => handler('', { bundle: { a: bundle.a } })).toThrow('/src/begin.tsx')
})
