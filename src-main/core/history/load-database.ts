/** Loads SQLite when it is first needed: a start does without it. */
import type { HistoryDatabase } from './history-database.ts'

/** @returns what opens a database */
export async function loadDatabase(): Promise<(path: string) => HistoryDatabase> {
  const emitWarning = process.emitWarning.bind(process)
  // Node 22 warns that its SQLite is experimental, on standard error, which belongs to whoever runs a command.
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) Reflect.apply(emitWarning, undefined, [warning, ...rest])
  }
  try {
    return (await import('./history-database.ts')).openDatabase
  } finally {
    process.emitWarning = emitWarning
  }
}
