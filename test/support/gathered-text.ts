/** What a copy of the window would put on the clipboard, as one text. */
import type { WireError } from '../../src-main/contract/errors.ts'
import { failed, ok, type Result } from '../../src-main/contract/result.ts'
import type { CopyPieces } from '../../src-renderer/actions/copy-pieces.ts'

export async function gatheredText(gather: (pieces: CopyPieces) => Promise<Result<null, WireError>>): Promise<Result<string, WireError>> {
  let text = ''
  const add = async (piece: string): Promise<void> => void (text += piece)
  const gathered = await gather({ signal: new AbortController().signal, add, clear: () => (text = '') })
  return gathered.ok ? ok(text) : failed(gathered.error)
}
