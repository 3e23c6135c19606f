/** Values that were taken from answers and are kept beside the collection: changing one, and forgetting it. */
import type { WireError } from '#contract/errors.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { ask } from './ask.ts'
import { collectionInFront } from './environments.ts'
import { platform } from './platform-ref.ts'
import { surroundingsMoved } from './preview.ts'
import { rereadVariables } from './variables.ts'
import { t } from '../lib/t.ts'

/** Ask for another value of a captured variable; it holds until the next capture. */
export async function changeCaptured(name: string, value: string): Promise<void> {
  await ask('text', {
    title: t`Change ${name}`,
    label: t`Value`,
    value,
    button: t`Change`,
    hint: t`It holds until an answer gives another.`,
    attempt: (text) => set(name, text),
  })
}

/** Forget a captured variable; a notice offers it back. */
export async function forgetCaptured(name: string, value: string): Promise<void> {
  const { addNotice } = useAppStore.getState()
  const failure = await set(name, null)
  if (failure !== null) return addNotice(noticeOf(failure))
  addNotice({
    id: `captured:${name}`,
    tone: 'info',
    text: t`Forgot the captured {{${name}}}.`,
    action: { label: t`Undo`, run: () => void takeBack(name, value) },
  })
}

async function takeBack(name: string, value: string): Promise<void> {
  const failure = await set(name, value)
  if (failure !== null) useAppStore.getState().addNotice(noticeOf(failure))
}

async function set(name: string, value: string | null): Promise<WireError | null> {
  const kept = await platform().call('captured.set', { collectionId: collectionInFront(), values: { [name]: value } })
  if (!kept.ok) return kept.error
  rereadVariables()
  surroundingsMoved()
  return null
}
