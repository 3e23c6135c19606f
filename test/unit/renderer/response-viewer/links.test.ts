import { expect, test } from 'vitest'
import { collectLabel, linksOf, pagesAround } from '../../../../src-renderer/features/response-viewer/links.ts'

const RESPONSE = {
  url: 'https://h.test/v1/items?page=2',
  headers: [
    ['Link', '<?page=3>; rel=next, </v1/items?page=1>; rel="prev"; title="Before"'],
    ['link', '<mailto:a@h.test>; rel=author, <//other.test/x>; rel=next; anchor="/else"'],
  ] as [string, string][],
}

test('linksOf resolves against the address that answered, and leaves out what HTTP cannot ask for', () => {
  expect(linksOf(RESPONSE)).toEqual([
    { rel: 'next', url: 'https://h.test/v1/items?page=3', title: null, isOwn: true },
    { rel: 'prev', url: 'https://h.test/v1/items?page=1', title: 'Before', isOwn: true },
    { rel: 'next', url: 'https://other.test/x', title: null, isOwn: false },
  ])
})

test('pagesAround takes only links that are about the answer itself', () => {
  expect(pagesAround(linksOf(RESPONSE))).toEqual({ next: 'https://h.test/v1/items?page=3', prev: 'https://h.test/v1/items?page=1' })
  expect(pagesAround(linksOf({ ...RESPONSE, headers: [['Link', '<x>; rel=next; anchor="/else"']] }))).toEqual({})
})

test('pages are collected from the one that is shown, which the button says', () => {
  expect(collectLabel(pagesAround(linksOf(RESPONSE)))).toBe('This and later pages…')
  expect(collectLabel({ next: 'https://h.test/v1/items?page=2' })).toBe('All pages…')
  expect(collectLabel({ first: 'https://h.test/1', prev: 'https://h.test/1', next: 'https://h.test/3' })).toBe('All pages…')
})
