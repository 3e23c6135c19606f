import { describe, expect, test, vi } from 'vitest'
import { tourIn } from '#core/storage/tour.ts'
import { sectionTabs, sectionTaught } from '../../../../src-renderer/features/request-editor/sections.ts'
import chinese from '../../../../src-renderer/languages/zh-CN.json' with { type: 'json' }
import { emptyRequest } from '#contract/model/request-defaults.ts'

const TEXTS: Readonly<Record<string, string>> = chinese

describe('the section that a step of the tour opens', () => {
  test('is the one that it speaks of', () => {
    const { steps } = tourIn('en')

    expect(steps.map(({ document }) => sectionTaught(document.docs))).toEqual([
      null,
      'body',
      'body',
      null,
      'tests',
      'auth',
      'tests',
      'options',
    ])
  })

  test('is named so in Chinese, too', () => {
    const labels = new Map(sectionTabs(emptyRequest(''), []).map(({ id, label }) => [id, TEXTS[label]]))
    const inChinese = tourIn('zh-CN').steps
    const named = tourIn('en').steps.map(({ document }, index) => {
      const section = sectionTaught(document.docs)
      return section === null || inChinese[index]?.document.docs.includes(`**${labels.get(section)}**`)
    })

    expect(named).not.toContain(false)
  })

  test('is the same in a window of another language than that of the notes', async () => {
    vi.resetModules()
    const { translateBy } = await import('../../../../src-renderer/lib/t.ts')
    translateBy((key) => TEXTS[key] ?? null)
    const inChinese = await import('../../../../src-renderer/features/request-editor/sections.ts')
    const notes = tourIn('en').steps.map(({ document }) => document.docs)

    expect(inChinese.sectionTabs(emptyRequest(''), []).map(({ label }) => label)).toContain('正文')
    expect(notes.map(inChinese.sectionTaught)).toEqual(notes.map(sectionTaught))
  })

  test('is left alone where notes lead nowhere', () => {
    expect(sectionTaught('See **Body**.')).toBeNull()
  })
})
