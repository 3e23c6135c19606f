import { expect, test } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { changeCaptured, forgetCaptured } from '../../../../src-renderer/actions/captured.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

test('a captured value is changed, forgotten and had back', async () => {
  const platform = freshWindow()
  platform.answer('captured.set', () => ok({}))

  const changing = changeCaptured('id', '7')
  const question = useQuestionsStore.getState().waiting[0]
  if (question?.kind !== 'text') throw new Error('Nothing was asked.')
  expect(await question.attempt?.('8')).toBeNull()
  answer(question, '8')
  await changing
  await forgetCaptured('id', '8')
  useAppStore.getState().notices.at(-1)?.action?.run()

  expect(platform.inputs('captured.set').map(({ values }) => values)).toEqual([{ id: '8' }, { id: null }, { id: '8' }])
})
