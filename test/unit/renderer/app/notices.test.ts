import { beforeEach, describe, expect, test } from 'vitest'
import { useAppStore, type Notice } from '../../../../src-renderer/stores/app-store.ts'

const { addNotice } = useAppStore.getState()
const notices = (): readonly Notice[] => useAppStore.getState().notices
const failure = (id: string, text: string): Notice => ({ id, tone: 'error', text })
const undo = { label: 'Undo', run: () => undefined }

beforeEach(() => useAppStore.setState(useAppStore.getInitialState(), true))

describe('notices', () => {
  test('what is said again counts up, and is the newest', () => {
    addNotice(failure('a', 'Cannot write'))
    addNotice(failure('b', 'Cannot read'))
    addNotice(failure('a', 'Cannot write'))
    addNotice(failure('other', 'Cannot write'))

    expect(notices()).toEqual([failure('b', 'Cannot read'), { ...failure('other', 'Cannot write'), times: 3 }])
  })

  test('other words under the same id are another notice', () => {
    addNotice(failure('a', 'First'))
    addNotice(failure('a', 'Second'))

    expect(notices()).toEqual([failure('a', 'Second')])
  })

  test('two with something to press stay two', () => {
    addNotice({ id: 'a', tone: 'info', text: 'Deleted', action: undo })
    addNotice({ id: 'b', tone: 'info', text: 'Deleted', action: undo })

    expect(notices().map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('one that tells of its progress stays where it is', () => {
    addNotice({ id: 'copy', tone: 'info', text: 'Copying', progress: 0.1 })
    addNotice(failure('a', 'Cannot write'))
    addNotice({ id: 'copy', tone: 'info', text: 'Copying', progress: 0.2 })

    expect(notices()).toEqual([{ id: 'copy', tone: 'info', text: 'Copying', progress: 0.2 }, failure('a', 'Cannot write')])
  })

  test('what is dropped, or beyond what is kept, can still be read among the past ones, the newest first', () => {
    for (let number = 0; number < 22; number += 1) addNotice(failure(`f${number}`, `Failure ${number}`))
    useAppStore.getState().dropNotice('f21')
    const { past } = useAppStore.getState()

    expect(notices()).toHaveLength(19)
    expect(past.map(({ text }) => text)).toEqual(['Failure 21', 'Failure 1', 'Failure 0'])
    expect(new Set(past.map(({ number }) => number)).size).toBe(3)
  })

  test('what tells of its progress is not kept among the past ones', () => {
    addNotice({ id: 'copy', tone: 'info', text: 'Copying', progress: 0.1 })
    useAppStore.getState().dropNotice('copy')

    expect(useAppStore.getState()).toMatchObject({ notices: [], past: [] })
  })

  test('one that is said of several goes once all of them are settled', () => {
    const full = (about: string): Notice => ({ ...failure('full', 'The disk is full'), about: [about] })
    addNotice(full('save a'))
    addNotice(full('save b'))
    addNotice(failure('x', 'Another'))
    const { settle } = useAppStore.getState()

    settle('save a')
    const after = notices()
    settle('save b')

    expect(after).toMatchObject([{ text: 'The disk is full', times: 2, about: ['save b'] }, { text: 'Another' }])
    expect(notices()).toEqual([failure('x', 'Another')])
  })
})
