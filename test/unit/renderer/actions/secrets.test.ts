import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import { copySecret, moveSecret, readSecretStates, revealSecret, setSecret } from '../../../../src-renderer/actions/secrets.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { secretKey, useSecretsStore } from '../../../../src-renderer/stores/secrets-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, errorOf, freshWindow } from '../../../support/renderer-kit.ts'

const DEV = { collectionId: collectionId('shop'), origin: { layer: 'environment', name: 'dev' } } as const
const QA = { collectionId: collectionId('shop'), origin: { layer: 'environment', name: 'qa' } } as const

let platform: FakePlatform
let vault: Map<string, string>

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  vault = new Map()
  const keyOf = (input: { collectionId: string; origin: { layer: string; name?: string }; name: string }): string =>
    `${input.origin.name}/${input.name}`
  platform
    .answer('secret.set', (input) => {
      if (input.value === null) vault.delete(keyOf(input))
      else vault.set(keyOf(input), input.value)
      return ok({})
    })
    .answer('secret.read', (input) => ok({ value: vault.get(keyOf(input)) ?? null }))
    .answer('secret.list', ({ names, ...place }) => ok({ kept: names.filter((name) => vault.has(keyOf({ ...place, name }))) }))
})

const isKept = (name: string): boolean | undefined => useSecretsStore.getState().kept[secretKey(DEV, name)]

describe('a secret', () => {
  test('is kept as it is typed; of many keys the last is what is kept', async () => {
    const first = deferred<void>()
    const sent: (string | null)[] = []
    platform.answer('secret.set', async ({ value }) => {
      if (sent.length === 0) await first.promise
      sent.push(value)
      return ok({})
    })

    const typing = ['s', 's3', 's3c'].map((text) => setSecret(DEV, 'token', text))
    first.resolve()
    await Promise.all(typing)

    expect(sent).toEqual(['s', 's3c'])
    expect(isKept('token')).toBe(true)
  })

  test('is taken away by emptying it', async () => {
    await setSecret(DEV, 'token', 's3cret')
    await setSecret(DEV, 'token', '')

    expect([vault.size, isKept('token')]).toEqual([0, false])
  })

  test('is known to be there or not, and read only to be shown', async () => {
    vault.set('dev/token', 's3cret')

    await readSecretStates(DEV, ['token', 'other', ''])

    expect([isKept('token'), isKept('other')]).toEqual([true, false])
    expect(platform.inputs('secret.read')).toEqual([])
    expect(await revealSecret(DEV, 'token')).toBe('s3cret')
    expect(JSON.stringify(useSecretsStore.getState())).not.toContain('s3cret')
  })

  test('that is typed while it is being found out whether there is one is there', async () => {
    const answered = deferred<void>()
    platform.answer('secret.list', async () => {
      await answered.promise
      return ok({ kept: [] })
    })

    const asking = readSecretStates(DEV, ['token'])
    await setSecret(DEV, 'token', 's')
    answered.resolve()
    await asking

    expect(isKept('token')).toBe(true)
  })

  test('goes along under another name, and to a copy', async () => {
    vault.set('dev/token', 's3cret')

    await moveSecret(DEV, 'token', 'key')
    const copied = await copySecret(DEV, 'key', QA, 'key')
    const missing = await copySecret(DEV, 'nope', QA, 'nope')

    expect([copied, missing]).toEqual([true, false])
    expect([...vault]).toEqual([
      ['dev/key', 's3cret'],
      ['qa/key', 's3cret'],
    ])
  })

  test('that cannot be kept is told of once, is still there, and is kept once that is possible', async () => {
    platform.refuse('secret.set', errorOf('StorageError'))

    await setSecret(DEV, 'token', 's3cret')
    await vi.advanceTimersByTimeAsync(30_000)

    expect(useAppStore.getState().notices.map(({ text, times }) => [text, times])).toEqual([['It is StorageError.', undefined]])
    expect([await revealSecret(DEV, 'token'), vault.size]).toEqual(['s3cret', 0])
    expect(JSON.stringify(useSecretsStore.getState())).not.toContain('s3cret')

    platform.answer('secret.set', ({ name, value }) => {
      vault.set(`dev/${name}`, value ?? '')
      return ok({})
    })
    await vi.advanceTimersByTimeAsync(10_000)

    expect([...vault]).toEqual([['dev/token', 's3cret']])
    vault.set('dev/token', 'another, by the command line')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await revealSecret(DEV, 'token')).toBe('another, by the command line')
  })
})
