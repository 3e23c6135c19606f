import { describe, expect, test } from 'vitest'
import type { InheritedRow } from '../../../../src-main/contract/model/prepared.ts'
import type { NodeId } from '../../../../src-main/contract/model/ids.ts'
import { emptyRequest } from '../../../../src-main/contract/model/request-defaults.ts'
import type { RequestDocument } from '../../../../src-main/contract/model/request.ts'
import { shownRows, withOmitted, withOwnRow } from '../../../../src-renderer/features/request-editor/inherited-rows.ts'

const row = (name: string, value = '1') => ({ name, value, enabled: true })
const inherited = (name: string, hidden = false): InheritedRow => ({ row: row(name), origin: { layer: 'session', name: 'alice' }, hidden })
const request = (change: Partial<RequestDocument> = {}): RequestDocument => ({ ...emptyRequest(), ...change })

describe('inherited rows', () => {
  test('are sent, or say why they are not', () => {
    const document = request({
      headers: [row('x-own'), { ...row('X-Gone', ''), omit: true }],
      options: { omitHeaders: ['X-LEFT'] },
    })
    const rows = [
      inherited('X-All'),
      inherited('X-Own', true),
      inherited('x-gone', true),
      inherited('X-Left', true),
      inherited('X-Far', true),
    ]

    expect(shownRows('headers', rows, document).map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', ''],
      ['replaced', 'your row takes its place'],
      ['replaced', 'taken away by your row'],
      ['omitted', 'not sent with this request'],
      ['replaced', 'a nearer one takes its place'],
    ])
  })

  test('that another layer hides say which, and whether it takes them away', () => {
    const hider = (omits: boolean) => ({ origin: { layer: 'folder', name: 'Users', id: 'c/Users' as NodeId } as const, omits })
    const rows: InheritedRow[] = [
      { ...inherited('X-Gone', true), hiddenBy: hider(true) },
      { ...inherited('X-Other', true), hiddenBy: hider(false) },
      { ...inherited('X-Own', true), hiddenBy: hider(true) },
    ]

    expect(shownRows('headers', rows, request({ headers: [row('X-Own')] })).map((one) => [one.reason, one.hider])).toEqual([
      ['taken away by folder Users', hider(true)],
      ['replaced by folder Users', hider(false)],
      ['your row takes its place', null],
    ])
  })

  test('are left out by name and taken in again, and leave no trace in the options', () => {
    const out = withOmitted('headers', request({ options: { http2: true } }), 'X-All', true)

    expect(out.options).toEqual({ http2: true, omitHeaders: ['X-All'] })
    expect(withOmitted('headers', out, 'x-all', false).options).toEqual({ http2: true })
    expect(withOmitted('cookies', request(), 'sid', true).options).toEqual({ omitCookies: ['sid'] })
  })

  test('taken over as one’s own, a param stands in the URL too', () => {
    const document = withOwnRow('params', request({ url: 'http://h/' }), row('key', 'a b'))

    expect(document.url).toBe('http://h/?key=a+b')
    expect(document.params).toEqual([{ ...row('key', 'a b'), kind: 'query' }])
    expect(withOwnRow('headers', request(), row('X')).headers).toEqual([row('X')])
  })
})
