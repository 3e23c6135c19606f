/** The file whose earlier versions are before the user, and the one of them that is looked at. */
import { create } from 'zustand'
import type { Input, Output } from '#contract/commands.ts'

export type BackupFileId = Input<'backups.list'>['id']
export type BackupList = Output<'backups.list'>

interface BackupsState {
  /** Null: the dialog is closed. */
  readonly file: { readonly id: BackupFileId; readonly name: string } | null
  /** Null: not read yet. */
  readonly list: BackupList | null
  readonly chosen: string | null
  /** Of the chosen version; null: not read yet. */
  readonly text: string | null
  /** What went wrong, in a sentence. */
  readonly fault: string | null
  change: (change: Partial<Pick<BackupsState, 'file' | 'list' | 'chosen' | 'text' | 'fault'>>) => void
}

export const useBackupsStore = create<BackupsState>()((set) => ({
  file: null,
  list: null,
  chosen: null,
  text: null,
  fault: null,
  change: (change) => set(change),
}))
