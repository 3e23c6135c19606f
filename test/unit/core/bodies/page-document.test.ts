import { describe, expect, test } from 'vitest'
import { loadPageDocument } from '../../../../src-main/core/bodies/page-document.ts'

async function made(page: string, pieces: readonly string[] = [page]): Promise<string> {
  const document = (await loadPageDocument())()
  return pieces.map((piece) => document.write(piece)).join('') + document.end()
}

const BASE = '<base target="_blank">'

describe('a page to be drawn', () => {
  test.each([
    ['<!doctype html><html lang="en"><head><title>x</title></head>', `<!doctype html><html lang="en"><head>${BASE}<title>x</title></head>`],
    ['<!doctype html>\n<p>text & more', `<!doctype html>\n${BASE}<p>text & more`],
    ['just words', 'just words'],
    [
      '<p>a</p><script>if (a<b) "<link rel=preconnect href=x>"</script>',
      `${BASE}<p>a</p><script>if (a<b) "<link rel=preconnect href=x>"</script>`,
    ],
    ['', ''],
  ])('leads nowhere and is else as it came: %j', async (page, expected) => {
    expect(await made(page)).toBe(expected)
  })

  test.each([
    '<link rel="preconnect" href="https://h">',
    "<LINK href='https://h' REL='icon DNS-prefetch'>",
    '<link rel=preload href=x as=font />',
    '<meta http-equiv="refresh" content="0; url=https://h">',
    '<base href="https://h/">',
    '<iframe srcdoc="<link rel=preconnect href=https://h>">',
    '<object data="https://h">',
  ])('loses %j', async (element) => {
    expect(await made(`<head>${element}</head><p>kept`)).toBe(`<head>${BASE}</head><p>kept`)
  })

  test('keeps its style sheets and icons: the policy is enough for them', async () => {
    const page = '<head><link rel="stylesheet" href="a.css"><meta charset="x"><style>p{}</style>'
    expect(await made(page)).toBe(page.replace('<head>', `<head>${BASE}`))
  })

  test('is the same wherever it is cut', async () => {
    const page =
      '<!doctype html><html><head><link rel=preconnect href="https://h"><link rel=icon href=i></head><body a=">">é<b>x</b><!-- <p> --></body></html>'
    expect(await made(page, [...page])).toBe(await made(page))
  })

  test('drops a tag that is never closed', async () => {
    expect(await made('<p>a</p><link rel="preconnect" href="https://h')).toBe(`${BASE}<p>a</p>`)
  })
})
