import { describe, expect, test } from 'vitest'
import { NodeIdSchema, type NodeId } from '#contract/model/ids.ts'
import { tourIn } from '#core/storage/tour.ts'
import { MANUAL_PAGES } from '../../../../src-renderer/features/manual/manual-files.ts'
import { leadsOn, linkedManual, linkedRequest } from '../../../../src-renderer/lib/doc-links.ts'

const node = (id: string): NodeId => NodeIdSchema.parse(id)
const ids = new Set(['c/One.yml', 'c/In it/Two words.yml', 'other/One.yml'].map(node))

describe('links in notes', () => {
  test('lead to requests by their files, relative to the folder of the notes', () => {
    expect(linkedRequest(node('c/One.yml'), 'In it/Two words.yml', ids)).toBe('c/In it/Two words.yml')
    expect(linkedRequest(node('c/One.yml'), './In%20it/Two%20words.yml', ids)).toBe('c/In it/Two words.yml')
    expect(linkedRequest(node('c/In it/Two words.yml'), '../One.yml', ids)).toBe('c/One.yml')
  })

  test('never lead out of the collection, nor to what is not there', () => {
    for (const href of ['../other/One.yml', '../../other/One.yml', '/One.yml', 'file:///c/One.yml', 'Gone.yml', '#one', 'In it'])
      expect(linkedRequest(node('c/One.yml'), href, ids), href).toBeNull()
  })

  test('lead on where one of them is to a file of a request', () => {
    expect(leadsOn('Next: [Two](<In it/Two words.yml>)')).toBe(true)
    expect(leadsOn('Next: [Two](Two.yml)')).toBe(true)
    expect(leadsOn('See [it](https://example.com) and `Two.yml`')).toBe(false)
  })

  test('lead into the manual, those of the tour to pages that are there', () => {
    expect(linkedManual('manual:variables#secrets')).toEqual({ page: 'variables', heading: 'secrets' })
    expect(linkedManual('manual:')).toEqual({ page: undefined, heading: null })
    expect(linkedManual('variables.md')).toBeNull()
    const links = ['en', 'zh-CN']
      .flatMap((language) => tourIn(language as 'en').steps)
      .flatMap(({ document }) => [...document.docs.matchAll(/\]\((manual:[^)]+)\)/g)].map(([, href = '']) => href))
    expect(links.length).toBeGreaterThan(3)
    const pages = new Set(MANUAL_PAGES.map(({ id }) => id))
    expect(links.filter((href) => !pages.has(linkedManual(href)?.page ?? ''))).toEqual([])
  })
})
