import { describe, expect, test } from 'vitest'
import type { RunItem } from '../../../../src-main/contract/model/run.ts'
import { movedTo, planFaults, plannedCount, plannedOf, runInput, type RunPlan } from '../../../../src-renderer/lib/run-plan.ts'
import { collectionId, nodeId } from '../../../support/renderer-kit.ts'

const item = (id: string, kind: RunItem['kind'], depth: number, more: Partial<RunItem> = {}): RunItem => ({
  nodeId: nodeId(id),
  kind,
  name: id,
  depth,
  ...more,
})

function plan(change: Partial<RunPlan> = {}): RunPlan {
  const { requests } = plannedOf([item('a', 'request', 0), item('b', 'request', 0)])
  return {
    collectionId: collectionId('c'),
    place: 'Shop',
    requests,
    broken: [],
    environment: null,
    session: null,
    iterations: '',
    parallel: '',
    delay: '',
    bail: false,
    failOnStatus: false,
    ...change,
  }
}

describe('plannedOf', () => {
  test('names the folders that each request is in, and tells what cannot be read', () => {
    const { requests, broken } = plannedOf([
      item('users', 'folder', 0),
      item('admin', 'folder', 1),
      item('list', 'request', 2, { method: 'GET', url: '/u' }),
      item('create', 'request', 1, { method: 'POST' }),
      item('bad', 'broken', 1, { error: 'line 3' }),
      item('ping', 'request', 0),
    ])

    expect(requests.map(({ name, folders, method, isChosen }) => [name, folders, method, isChosen])).toEqual([
      ['list', 'users / admin', 'GET', true],
      ['create', 'users', 'POST', true],
      ['ping', '', 'GET', true],
    ])
    expect(broken).toEqual([{ name: 'bad', error: 'line 3' }])
  })
})

describe('a plan', () => {
  test('without numbers is run once, one at a time', () => {
    expect(planFaults(plan())).toEqual({})
    expect(runInput(plan(), null)).toEqual({
      nodeIds: ['a', 'b'],
      name: 'Shop',
      environment: null,
      session: null,
      data: null,
      parallel: 1,
      delayMs: 0,
      bail: false,
      failOnStatus: false,
    })
  })

  test('sends what is chosen, in its order, with its data and numbers', () => {
    const { requests } = plan()
    const reordered = plan({
      requests: movedTo(requests, 1, 0).map((request) => ({ ...request, isChosen: request.name === 'b' })),
      iterations: ' 7 ',
      parallel: '3',
      delay: '20',
    })

    expect(runInput(reordered, '/files/rows.csv')).toMatchObject({
      nodeIds: ['b'],
      iterations: 7,
      parallel: 3,
      delayMs: 20,
      data: { path: '/files/rows.csv' },
    })
  })

  test('says what is wrong with each number, and that nothing is chosen', () => {
    const none = plan().requests.map((request) => ({ ...request, isChosen: false }))

    expect(Object.keys(planFaults(plan({ requests: none, iterations: '0', parallel: '1001', delay: '-1' })))).toEqual([
      'requests',
      'iterations',
      'parallel',
      'delay',
    ])
    expect(planFaults(plan({ iterations: '1.5' })).iterations).toBe('A whole number from 1.')
  })

  test('counts requests by its iterations, else by the rows of its data', () => {
    expect([plannedCount(plan(), null), plannedCount(plan(), 50), plannedCount(plan({ iterations: '3' }), 50)]).toEqual([2, 100, 6])
    expect(plannedCount(plan({ iterations: 'x' }), null)).toBe(0)
  })
})

test('a row moves to its place, and nowhere outside', () => {
  const rows = ['a', 'b', 'c']

  expect(movedTo(rows, 0, 2)).toEqual(['b', 'c', 'a'])
  expect(movedTo(rows, 2, 0)).toEqual(['c', 'a', 'b'])
  expect(movedTo(rows, 0, 3)).toBe(rows)
  expect(movedTo(rows, 0, -1)).toBe(rows)
})
