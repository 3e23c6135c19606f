import { describe, expect, test } from 'vitest'
import { answerWords, progressWords } from '../../../../src-renderer/app/announce.ts'
import { BEGUN } from '../../../../src-renderer/stores/exchanges-store.ts'

const sending = (bytes: number) => ({ ...BEGUN, since: 0, download: { bytes, total: 1000 } })

describe('what screen readers are told of a request', () => {
  test('each quarter of a transfer once, and neither its beginning nor its end', () => {
    const said = [0, 100, 249, 250, 300, 600, 760, 1000].map((bytes, index, all) =>
      progressWords(sending(bytes), index === 0 ? null : sending(all[index - 1] ?? 0)),
    )

    expect(said).toEqual([null, null, null, 'Downloaded 25%', null, 'Downloaded 50%', 'Downloaded 75%', null])
  })

  test('nothing of a transfer whose length nobody knows', () => {
    expect(progressWords({ ...BEGUN, since: 0, upload: { bytes: 900, total: null } }, null)).toBeNull()
  })

  test('nothing where no answer came: an alert says that', () => {
    const timings = { total: 3 } as Parameters<typeof answerWords>[0]['timings']

    expect(answerWords({ response: null, error: null, timings, checks: undefined })).toBe('')
  })
})
