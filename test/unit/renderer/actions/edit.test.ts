import { beforeEach, describe, expect, test, vi } from 'vitest'
import { chooseBodyKind, editDocument, redo, undo } from '../../../../src-renderer/actions/edit.ts'
import { freshWindow, nodeId, openedTab, requestNamed, tabNow } from '../../../support/renderer-kit.ts'

beforeEach(() => {
  vi.useFakeTimers()
  freshWindow()
})

const typeUrl = (id: Parameters<typeof editDocument>[0], url: string): void => editDocument(id, 'url', (document) => ({ ...document, url }))

describe('editing', () => {
  test('an edit makes a saved request unsaved, and undoing it makes it saved again', () => {
    const { draft } = openedTab('a', { node: nodeId('n1') })

    typeUrl(draft.id, 'http://x')
    const edited = tabNow(draft.id).draft
    undo(draft.id)

    expect(edited.dirty).toBe(true)
    expect(tabNow(draft.id).draft).toMatchObject({ dirty: false, document: { url: '' } })
  })

  test('typing the saved text back makes the request saved again', () => {
    const { draft } = openedTab('a', { node: nodeId('n1'), document: requestNamed('a', { url: 'http://x' }) })

    typeUrl(draft.id, 'http://xy')
    typeUrl(draft.id, 'http://x')

    expect(tabNow(draft.id).draft.dirty).toBe(false)
  })

  test('a new request is clean until something is typed', () => {
    const { draft } = openedTab('new')

    typeUrl(draft.id, 'h')
    const typed = tabNow(draft.id).draft.dirty
    undo(draft.id)

    expect([typed, tabNow(draft.id).draft.dirty]).toEqual([true, false])
  })

  test('typing on in one field is one step, a pause or another field begins the next', () => {
    const { draft } = openedTab('a')

    typeUrl(draft.id, 'h')
    typeUrl(draft.id, 'ht')
    vi.advanceTimersByTime(2000)
    typeUrl(draft.id, 'htt')
    editDocument(draft.id, 'method', (document) => ({ ...document, method: 'PUT' }))

    expect(tabNow(draft.id).undo.past.map((step) => step.field)).toEqual(['url', 'url', 'method'])
  })

  test('redo does an undone step again, until something else is typed', () => {
    const { draft } = openedTab('a')
    typeUrl(draft.id, 'one')

    undo(draft.id)
    const redone = redo(draft.id)
    const url = tabNow(draft.id).draft.document.url
    undo(draft.id)
    typeUrl(draft.id, 'two')

    expect([redone, url, redo(draft.id)]).toEqual([true, 'one', false])
  })

  test('a body that is switched away from comes back as it was, and undo undoes the switch', () => {
    const { draft } = openedTab('a')
    chooseBodyKind(draft.id, 'json')
    editDocument(draft.id, 'body.text', (document) => ({ ...document, body: { kind: 'json', text: '{"a":1}', asTyped: false } }))

    chooseBodyKind(draft.id, 'form')
    const away = tabNow(draft.id).draft.document.body
    chooseBodyKind(draft.id, 'json')
    const back = tabNow(draft.id).draft.document.body
    undo(draft.id)

    expect(away).toEqual({ kind: 'form', rows: [] })
    expect(back).toEqual({ kind: 'json', text: '{"a":1}', asTyped: false })
    expect(tabNow(draft.id).draft.document.body.kind).not.toBe('json')
  })

  test('form rows are carried over to multipart', () => {
    const body = { kind: 'form', rows: [{ name: 'a', value: '1', enabled: false }] } as const
    const { draft } = openedTab('a', { node: nodeId('n'), document: requestNamed('a', { body: { ...body, rows: [...body.rows] } }) })

    chooseBodyKind(draft.id, 'multipart')

    expect(tabNow(draft.id).draft.document.body).toMatchObject({ parts: [{ kind: 'text', name: 'a', value: '1', enabled: false }] })
  })
})
