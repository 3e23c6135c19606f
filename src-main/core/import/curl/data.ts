/** The pieces of curl's data options, and the one text or file that they come to. */
import { encodeQueryText } from '#contract/model/url-query.ts'
import { shown } from '../notes.ts'
import type { Stdin } from '../shell-words/shell-text.ts'
import type { DataPiece } from './settings.ts'

type Say = (severity: 'lost' | 'changed', message: string) => void

/** A value of `-d` or `--data-binary`: a text, or the file behind `@`. */
export function dataPiece(value: string, how: 'data' | 'binary', stdin: Stdin | null, say: Say): DataPiece {
  if (!value.startsWith('@')) return { kind: 'text', text: value, isJson: false }
  const path = value.slice(1)
  const stripsLines = how === 'data'
  if (path !== '-') return { kind: 'file', path, stripsLines }
  if (stdin?.kind === 'file') return { kind: 'file', path: stdin.path, stripsLines }
  if (stdin === null) say('lost', 'What the command reads from its input is not known: type the body.')
  const text = stdin?.text ?? ''
  return { kind: 'text', text: stripsLines ? text.replace(/[\r\n]/g, '') : text, isJson: false }
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`: the content is encoded, the name is not. */
export function urlEncodedPiece(value: string, say: Say): DataPiece {
  const equals = value.indexOf('=')
  const mark = equals >= 0 ? equals : value.indexOf('@')
  if (mark < 0) return { kind: 'text', text: encodeQueryText(value), isJson: false }
  const name = value.slice(0, mark)
  const start = name === '' ? '' : `${name}=`
  if (value[mark] === '@') {
    say('lost', `The content of ${shown(value.slice(mark + 1))} is not put into the data.`)
    return { kind: 'text', text: start, isJson: false }
  }
  return { kind: 'text', text: start + encodeQueryText(value.slice(mark + 1)), isJson: false }
}

/** All pieces: a file where they are one file alone, else their texts joined by `&`. */
export function joinedData(pieces: readonly DataPiece[], say: Say): DataPiece {
  const [first, ...more] = pieces
  if (first?.kind === 'file' && more.length === 0) return first
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'file') {
      say('lost', `The content of ${shown(piece.path)} is not put between the other data.`)
      continue
    }
    text += text !== '' && !piece.isJson ? `&${piece.text}` : piece.text
  }
  return { kind: 'text', text, isJson: false }
}
