/** A text with the words in it marked that were searched for. */
import { piecesWith } from '../lib/find-words.ts'
import styles from './found-words.module.css'

export function FoundWords({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return piecesWith(text, words).map((piece, index) =>
    piece.isFound ? (
      <mark key={index} className={styles.found}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
}
