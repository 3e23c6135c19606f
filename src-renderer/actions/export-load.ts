/** What was typed about the run of an exported script, as core takes it. */
import type { LoadOptions } from '#contract/model/export.ts'
import { stagesOf } from '#contract/model/load-stages.ts'
import type { TypedLoad } from '../stores/export-store.ts'
import { t } from '../lib/t.ts'

export type ReadLoad =
  | { readonly kind: 'load'; readonly load: LoadOptions }
  | { readonly kind: 'wrong'; readonly field: keyof TypedLoad; readonly message: string }

export function loadOf({ stages: typedStages, data, pause: typedPause }: TypedLoad): ReadLoad {
  const read = stagesOf(typedStages)
  if (read.kind === 'wrong') {
    return { kind: 'wrong', field: 'stages', message: t`"${read.text}" is no stage: write a time and a number of users, such as 30s:20.` }
  }
  const pause = Number(typedPause.trim().replace(',', '.'))
  if (!Number.isFinite(pause) || pause < 0)
    return { kind: 'wrong', field: 'pause', message: t`The pause is a number of seconds, such as 0.5.` }
  return {
    kind: 'load',
    load: {
      ...(read.stages.length > 0 && { stages: [...read.stages] }),
      ...(data.trim() !== '' && { data: data.trim() }),
      ...(pause > 0 && { pause }),
    },
  }
}
