import { describe, expect, test } from 'vitest'
import { stageOf, stagesOf } from '#contract/model/load-stages.ts'

describe('a stage', () => {
  test.each([
    ['30s:20', { duration: '30s', target: 20 }],
    [' 1m30s:0 ', { duration: '1m30s', target: 0 }],
    ['500ms:1', { duration: '500ms', target: 1 }],
  ])('%s', (text, stage) => {
    expect(stageOf(text)).toEqual(stage)
  })

  test.each(['', '30s', ':20', '30:20', '30s:-1', '30s:1.5', '30s:20:1', '1d:2', '30s:99999999999'])('is not %j', (text) => {
    expect(stageOf(text)).toBeNull()
  })
})

describe('several', () => {
  test('stand with commas or spaces between them', () => {
    const stages = [
      { duration: '30s', target: 20 },
      { duration: '1m', target: 0 },
    ]
    expect(stagesOf('30s:20, 1m:0')).toEqual({ kind: 'stages', stages })
    expect(stagesOf('30s:20 1m:0,')).toEqual({ kind: 'stages', stages })
    expect(stagesOf(' ')).toEqual({ kind: 'stages', stages: [] })
  })

  test('of which one is wrong name it', () => {
    expect(stagesOf('30s:20, x')).toEqual({ kind: 'wrong', text: 'x' })
  })
})
