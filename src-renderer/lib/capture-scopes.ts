/** Where a captured variable is kept, in words. */
import { CAPTURE_SCOPES } from '#contract/model/capture-scopes.ts'
import { t } from './t.ts'

type CaptureScope = (typeof CAPTURE_SCOPES)[number]

const LABELS: Readonly<Record<CaptureScope, string>> = {
  runtime: t`This machine`,
  environment: t`Environment`,
  folder: t`Folder`,
  collection: t`Collection`,
}

const MEANINGS: Readonly<Record<CaptureScope, string>> = {
  runtime: t`Kept privately on this machine, for every request of the collection.`,
  environment: t`Written into the file of the environment that is in use.`,
  folder: t`Written into the file of the folder that the request is in.`,
  collection: t`Written into the collection’s file.`,
}

export const CAPTURE_SCOPE_OPTIONS: readonly { readonly value: string; readonly label: string }[] = CAPTURE_SCOPES.map((value) => ({
  value,
  label: LABELS[value],
}))

/** What a scope means, in a sentence; one of another version or program is called by its name. */
export function scopeMeaning(scope: string): string {
  const known = CAPTURE_SCOPES.find((one) => one === scope)
  return known ? MEANINGS[known] : t`Kept where “${scope}” is.`
}
