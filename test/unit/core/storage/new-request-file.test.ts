import { setImmediate as breath } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { NewRequest } from '#core/storage/additions.ts'
import { newRequestFile } from '#core/storage/new-request-file.ts'
import { readRequest } from '#core/storage/opencollection/request-format.ts'
import { requestText } from '#core/storage/request-text.ts'

const MIB = 1024 * 1024

function item(text: string): NewRequest {
  const document = { ...emptyRequest(), name: 'Large', method: 'POST', url: 'https://h.test/', body: { kind: 'text' as const, text } }
  return { kind: 'request', document, examples: [] }
}

describe('the file of a new request', () => {
  test('of a large one is what it would be, and others get on meanwhile', async () => {
    const large = item('a line of text, é\n'.repeat((4 * MIB) / 18))
    let turns = 0
    let isDone = false
    const counting = (async () => {
      for (; !isDone; turns += 1) await breath()
    })()

    const file = await newRequestFile(large, 3)
    isDone = true
    await counting

    const text = new TextDecoder().decode(file as Uint8Array)
    expect(text === requestText(large, 3)).toBe(true)
    expect(turns).toBeGreaterThan(20)
  })

  test('of a small one is made at once', async () => {
    const file = await newRequestFile(item('a'), 1)
    expect(typeof file).toBe('string')
    expect(readRequest(file as string, 'x.yml', 'x').document.body).toEqual({ kind: 'text', text: 'a' })
  })

  test('that is larger than may be is refused, by its name', async () => {
    await expect(newRequestFile(item('x'.repeat(40 * MIB)), 1)).rejects.toMatchObject({ kind: 'TooLarge', message: /^Large is larger/ })
  })

  test('is not made where that was given up', async () => {
    const giving = new AbortController()
    const making = newRequestFile(item('a\n'.repeat(4 * MIB)), 1, giving.signal)
    giving.abort()
    await expect(making).rejects.toMatchObject({ kind: 'Cancelled' })
  })
})
