/** The export that is before the user: of what it is, and the texts that it comes to. */
import { create } from 'zustand'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { ExportTarget } from '#contract/model/export-formats.ts'
import type { CollectionId, DraftId, NodeId } from '#contract/model/ids.ts'
import type { ParentRef } from '#contract/model/workspace.ts'

/** What is exported: a collection or a folder, some items of a collection, a saved request, or one as it stands in a tab. */
export type ExportSubject =
  | { readonly kind: 'place'; readonly parent: ParentRef; readonly name: string }
  | { readonly kind: 'picked'; readonly collectionId: CollectionId; readonly nodeIds: readonly NodeId[]; readonly name: string }
  | { readonly kind: 'saved'; readonly nodeId: NodeId; readonly name: string }
  | { readonly kind: 'tab'; readonly draftId: DraftId; readonly name: string }

/** What is typed about the run of a k6 script. */
export interface TypedLoad {
  /** Such as `30s:20, 1m:0`. */
  readonly stages: string
  readonly data: string
  /** Seconds. */
  readonly pause: string
}

export type Exported = Output<'export.folder'>

interface ExportFields {
  /** Null: nothing is being exported. */
  readonly subject: ExportSubject | null
  readonly format: ExportTarget
  /** Credentials that were typed in clear stay so. */
  readonly isClear: boolean
  readonly load: TypedLoad
  readonly exported: Exported | null
  /** What is wished has changed since the text was made, or cannot be made. */
  readonly isStale: boolean
  readonly error: WireError | null
  /** Which of the files is shown. */
  readonly file: number
}

interface ExportState extends ExportFields {
  change: (change: Partial<ExportFields>) => void
}

export const NO_EXPORT = { subject: null, isClear: false, exported: null, isStale: false, error: null, file: 0 } as const

export const useExportStore = create<ExportState>()((set) => ({
  ...NO_EXPORT,
  format: 'opencollection',
  load: { stages: '', data: '', pause: '' },
  change: (change) => set(change),
}))
