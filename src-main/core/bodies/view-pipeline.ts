/**
 * Makes the text view of a body from its bytes: decoded, laid out, counted and indexed, in one pass and in little memory.
 * Where the bytes come from and where the view's text goes is the caller's: the worker (files) or the core (memory).
 */
import type { TableFacts } from '#contract/model/body.ts'
import type { ByteSink, ByteStage } from './byte-stage.ts'
import { JsonIndenter, type JsonProblem } from './json-indenter.ts'
import { createLineIndexer, type LineIndex, type LineIndexer, type TextSoFar } from './line-index.ts'
import type { TableStage } from './table-rows.ts'
import type { LaidOut } from './text-layouts.ts'
import { toUtf8 } from './utf8-text.ts'
import { utf16Length } from './utf8.ts'

/** A view up to this many UTF-16 units carries its whole text. */
export const MAX_TEXT_UNITS = 2 * 1024 * 1024

/** How a view's text comes from the body's. */
export type Transform =
  | { readonly kind: 'none' }
  | { readonly kind: 'json' }
  /** Piece by piece, from UTF-8 to UTF-8. */
  | { readonly kind: 'stage'; readonly through: (sink: ByteSink) => ByteStage }
  | { readonly kind: 'table'; readonly through: (sink: ByteSink) => TableStage }
  /** Needs the whole text; only for bodies of limited size. */
  | { readonly kind: 'whole'; readonly layOut: (text: string) => LaidOut }

export interface ViewResult {
  readonly index: LineIndex
  /** Of the whole text, in UTF-16 units. */
  readonly length: number
  /** Null where it is longer than {@link MAX_TEXT_UNITS}. */
  readonly text: string | null
  readonly note: string | null
  /** Where the view is one of rows. */
  readonly table?: TableFacts
}

export interface ViewPipeline {
  readonly write: ByteSink
  /** What there is by now; null where the text comes at its end only. */
  readonly soFar: () => TextSoFar | null
  readonly finish: () => ViewResult
}

/**
 * @param encoding  label of the body's text encoding
 * @param output    gets the view's text in UTF-8; null where the body's own bytes, being UTF-8, serve as the view
 * @throws {CoreError} `InvalidOption`: the encoding is not known
 */
export function createViewPipeline(encoding: string, transform: Transform, output: ByteSink | null): ViewPipeline {
  if (output === null) return indexInPlace(encoding)
  const kept = createKeeper()
  const keep: ByteSink = (bytes) => {
    kept.write(bytes)
    output(bytes)
  }
  const counted = createCounter()
  const count: ByteSink = (bytes) => {
    counted.write(bytes)
    keep(bytes)
  }
  const result = (note: string | null): ViewResult => kept.withText({ ...counted.finish(), note })
  switch (transform.kind) {
    case 'none':
      return piped(toUtf8(encoding, count), () => result(null), counted.soFar)
    case 'stage': {
      const stage = transform.through(count)
      return piped(toUtf8(encoding, stage.write), () => {
        stage.end()
        return result(null)
      })
    }
    case 'table': {
      const stage = transform.through(count)
      return piped(toUtf8(encoding, stage.write), () => {
        stage.end()
        return { ...result(stage.note()), table: stage.facts() }
      })
    }
    case 'json': {
      const indenter = new JsonIndenter(keep)
      const decoder = toUtf8(encoding, (bytes) => indenter.write(bytes))
      const finish = (): ViewResult => {
        const { problem, index, length } = indenter.finish()
        return kept.withText({ index, length, note: noteOf(problem) })
      }
      return piped(decoder, finish, () => indenter.soFar())
    }
    case 'whole': {
      const pieces: Buffer[] = []
      const decoder = toUtf8(encoding, (bytes) => pieces.push(Buffer.from(bytes)))
      return piped(decoder, () => {
        const { text, note } = transform.layOut(Buffer.concat(pieces).toString('utf8'))
        count(Buffer.from(text, 'utf8'))
        return result(note)
      })
    }
  }
}

/** The body as it lies there: only its lines are found and its characters counted. */
function indexInPlace(encoding: string): ViewPipeline {
  const kept = createKeeper()
  let length = 0
  let reach = 0
  const decoder = toUtf8(encoding, (bytes) => {
    length += utf16Length(bytes)
    kept.write(bytes)
  })
  let indexer: LineIndexer | null = null
  return {
    write: (bytes) => {
      decoder.write(bytes)
      // The first piece is long enough to hold the mark whole, unless the body is that short.
      const mark = indexer === null && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
      indexer ??= createLineIndexer(mark)
      indexer.write(bytes.subarray(mark))
      reach += bytes.length
    },
    soFar: () => indexer && { index: indexer.soFar(), reach, length },
    finish: () => {
      decoder.end()
      return kept.withText({ index: (indexer ?? createLineIndexer()).finish(), length, note: null })
    },
  }
}

function piped(decoder: ByteStage, finish: () => ViewResult, soFar: () => TextSoFar | null = () => null): ViewPipeline {
  return {
    write: decoder.write,
    soFar,
    finish: () => {
      decoder.end()
      return finish()
    },
  }
}

/** Lines and length of a text that nobody knows them of. */
function createCounter() {
  const indexer = createLineIndexer()
  let length = 0
  let reach = 0
  return {
    write: (bytes: Uint8Array): void => {
      indexer.write(bytes)
      length += utf16Length(bytes)
      reach += bytes.length
    },
    soFar: (): TextSoFar => ({ index: indexer.soFar(), reach, length }),
    finish: (): { readonly index: LineIndex; readonly length: number } => ({ index: indexer.finish(), length }),
  }
}

/** Keeps a text for as long as it may turn out short enough: no UTF-16 unit takes more than three bytes. */
function createKeeper(): { readonly write: ByteSink; readonly withText: (result: Omit<ViewResult, 'text'>) => ViewResult } {
  let pieces: Buffer[] = []
  let bytesSeen = 0
  return {
    write: (bytes) => {
      bytesSeen += bytes.length
      if (bytesSeen <= MAX_TEXT_UNITS * 3) pieces.push(Buffer.from(bytes))
      else pieces = []
    },
    withText: (result) => ({ ...result, text: result.length <= MAX_TEXT_UNITS ? Buffer.concat(pieces).toString('utf8') : null }),
  }
}

function noteOf(problem: JsonProblem | null): string | null {
  if (problem === null) return null
  return `Not valid JSON from line ${problem.line}, column ${problem.column} of the body on: ${problem.reason}. The rest is shown as it came.`
}
