import { describe, expect, test } from 'vitest'
import type { RecordKind } from '#contract/model/record.ts'
import { createRecordSplitter } from '#core/bodies/record-splitter.ts'
import { readRecord, type RecordText } from '#core/bodies/record-text.ts'

/** The texts of the records that end, fed in chunks of the given lengths; the rest goes in one. */
function split(kind: RecordKind, whole: Buffer, lengths: readonly number[] = []): { ended: string[]; open: string | null } {
  const splitter = createRecordSplitter(kind, 0)
  const ended: string[] = []
  let offset = 0
  for (const length of [...lengths, whole.length]) {
    const chunk = whole.subarray(offset, offset + length)
    splitter.feed(chunk, offset, (start, end) => ended.push(whole.toString('utf8', start, end)))
    offset += chunk.length
  }
  const start = splitter.openRecord()
  return { ended, open: start === null ? null : whole.toString('utf8', start) }
}

const events = (text: string, lengths?: readonly number[]): RecordText[] =>
  split('sse', Buffer.from(text), lengths).ended.map((record) => readRecord('sse', record))

describe('events', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('end with an empty line, lines with %s, wherever the chunks are cut', (_name, end) => {
    const text = ['event: price', 'id: 7', 'data: één €', 'data: 𝄞', '', 'data: b', '', ''].join(end)
    const whole = Buffer.from(text)

    for (let cut = 1; cut < whole.length; cut += 1) {
      expect(events(text, [cut])).toEqual([
        { event: 'price', id: '7', text: 'één €\n𝄞', isComment: false },
        { event: '', id: '', text: 'b', isComment: false },
      ])
    }
    expect(events(text, Array<number>(whole.length).fill(1))).toHaveLength(2)
  })

  test('are those that the standard says, in random texts cut at random', () => {
    const random = seeded(20_261_121)
    const parts = [
      'data: x',
      'data:',
      'data',
      'data:  two',
      'event: e',
      'id: 1',
      'id',
      ': c',
      'retry: 5',
      'data: é𝄞',
      'other: y',
      '',
      '',
      '',
    ]
    const ends = ['\n', '\r\n', '\r']
    for (let round = 0; round < 400; round += 1) {
      const text = Array.from({ length: 24 }, () => pick(parts, random) + pick(ends, random)).join('') + '\n\n'
      const expected = interpreted(text)

      const lengths = Array.from({ length: 30 }, () => Math.floor(random() * 12))
      const found = events(text, lengths).filter(({ isComment }) => !isComment)

      expect(found.map(({ event, text: data }) => ({ event, data }))).toEqual(expected)
    }
  })

  test('of lines that make none are comments, and told as they stand', () => {
    expect(events(': keep-alive\n\nretry: 100\n\n')).toEqual([
      { event: '', id: '', text: ': keep-alive', isComment: true },
      { event: '', id: '', text: 'retry: 100', isComment: true },
    ])
  })

  test('that have not ended are open', () => {
    expect(split('sse', Buffer.from('data: a\n\ndata: b\n'))).toEqual({ ended: ['data: a\n\n'], open: 'data: b\n' })
    expect(split('sse', Buffer.from('data: a\r\n\r\n')).open).toBeNull()
  })
})

describe('rows of NDJSON', () => {
  test('are the lines that are not blank', () => {
    const { ended, open } = split('ndjson', Buffer.from('{"a":1}\r\n\n  \r\n[2]\n{"c'), [3, 5, 1, 1])

    expect(ended.map((record) => readRecord('ndjson', record).text)).toEqual(['{"a":1}', '[2]'])
    expect(open).toBe('{"c')
  })
})

describe('texts of a JSON sequence', () => {
  test('begin with a record separator and may have lines of their own', () => {
    const { ended, open } = split('seq', Buffer.from('\u001e{"a":\n1}\n\u001e\n\u001e[2]\n'), [2, 9, 1])

    expect(ended.map((record) => readRecord('seq', record).text)).toEqual(['{"a":\n1}'])
    expect(readRecord('seq', open ?? '').text).toBe('[2]')
  })
})

describe('lines', () => {
  test('are all of them, the blank ones too', () => {
    const { ended, open } = split('lines', Buffer.from('a\r\n\nb'))

    expect(ended.map((record) => readRecord('lines', record).text)).toEqual(['a', ''])
    expect(open).toBe('b')
  })
})

/** The interpretation of an event stream, line by line as WHATWG HTML §9.2.6 has it. */
function interpreted(text: string): { event: string; data: string }[] {
  const found: { event: string; data: string }[] = []
  let [event, data] = ['', '']
  for (const line of text.split(/\r\n|\n|\r/).slice(0, -1)) {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (line === '') {
      if (data !== '') found.push({ event, data: data.slice(0, -1) })
      event = data = ''
    } else if (name === 'data') data += `${value}\n`
    else if (name === 'event') event = value
  }
  return found
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? ''
}

/** Mulberry32: the same numbers at each run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('a log of a WebSocket says that its connection broke, and shows the status of a close that came', () => {
  const close = (code: number) => readRecord('socket', JSON.stringify({ from: 'server', type: 'close', data: 'bye', bytes: 3, code }))

  expect(close(1006)).toMatchObject({ event: 'broken', text: 'The connection broke without a close.' })
  expect(close(1001)).toMatchObject({ event: 'received close', text: '1001 bye' })
})
