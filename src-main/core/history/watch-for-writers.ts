/**
 * Whether another process writes to the history while no thread of ours has it open: its file, and SQLite's log beside it, are
 * looked at once a second. An open database is asked itself (history-worker.ts).
 */
import { stat } from 'node:fs/promises'

const LOOK_MS = 1000

/** @returns what ends it, with a last look */
export function watchForWriters(path: string, onChanged: () => void): () => void {
  let last = stateOf(path)
  const look = async (): Promise<void> => {
    const before = last
    last = stateOf(path)
    if ((await before) !== (await last)) onChanged()
  }
  const timer = setInterval(() => void look(), LOOK_MS).unref()
  return () => {
    clearInterval(timer)
    void look()
  }
}

async function stateOf(path: string): Promise<string> {
  const found = await Promise.all([path, `${path}-wal`].map((file) => stat(file, { bigint: true }).catch(() => null)))
  return found.map((facts) => (facts ? `${facts.ino} ${facts.size} ${facts.mtimeNs}` : '')).join()
}
