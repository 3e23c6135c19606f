/** The import that is before the user: what it is read from, how far that is, and what it would become. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { ImportFormat, ImportSummary } from '#contract/model/import.ts'
import type { ParentRef } from '#contract/model/workspace.ts'

/** A file that core can read, with the name that it came under. */
export interface ImportFile {
  readonly path: string
  readonly name: string
}

export interface ImportReading {
  readonly ticket: string
  readonly phase: 'copying' | 'reading' | 'parsing' | 'converting' | 'writing'
  /** From 0 to 1; null where it cannot be told. */
  readonly done: number | null
}

interface ImportFields {
  readonly isOpen: boolean
  /** What was pasted; empty where files were given. */
  readonly text: string
  readonly files: readonly ImportFile[]
  /** Null: found from the content. */
  readonly format: ImportFormat | null
  readonly reading: ImportReading | null
  readonly summary: ImportSummary | null
  readonly error: WireError | null
  /** Where it was asked for; null: nowhere in particular. */
  readonly place: ParentRef | null
  /** What else the files may have been dropped for. */
  readonly otherwise: { readonly label: string; readonly run: () => void } | null
}

interface ImportState extends ImportFields {
  change: (change: Partial<ImportFields>) => void
}

export const NO_IMPORT: ImportFields = {
  isOpen: false,
  text: '',
  files: [],
  format: null,
  reading: null,
  summary: null,
  error: null,
  place: null,
  otherwise: null,
}

export const useImportStore = create<ImportState>()((set) => ({ ...NO_IMPORT, change: (change) => set(change) }))
