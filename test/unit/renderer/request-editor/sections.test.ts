import { describe, expect, test } from 'vitest'
import type { WireError } from '../../../../src-main/contract/errors.ts'
import { emptyRequest } from '../../../../src-main/contract/model/request-defaults.ts'
import { cellProblems, otherProblems, problemOf, problemsIn } from '../../../../src-renderer/forms/problems.ts'
import { sectionOf, sectionTabs } from '../../../../src-renderer/features/request-editor/sections.ts'

const wrong = (where: NonNullable<WireError['where']>): WireError => ({ kind: 'InvalidHeader', stage: 'prepare', message: 'Wrong.', where })

describe('sectionTabs', () => {
  test('counts what will be sent and marks what is set', () => {
    const tabs = sectionTabs(
      {
        ...emptyRequest(),
        url: 'https://h/:id',
        params: [{ kind: 'query', name: 'a', value: '', enabled: true }],
        headers: [
          { name: 'A', value: '', enabled: true },
          { name: 'B', value: '', enabled: false },
        ],
        body: { kind: 'text', text: '' },
        options: { timeout: {} },
      },
      [],
    )

    expect(tabs.find((tab) => tab.id === 'params')?.badge).toBe(2)
    expect(tabs.find((tab) => tab.id === 'headers')?.badge).toBe(1)
    expect(tabs.filter((tab) => tab.dot).map((tab) => tab.id)).toEqual(['body'])
  })

  test('Tests counts all that is done with the answer', () => {
    const tabs = sectionTabs(
      {
        ...emptyRequest(),
        assertions: [{ expression: 'res.status', operator: 'eq', value: '200', enabled: false }],
        captures: [{ name: 'a', expression: 'res.body', scope: 'runtime', enabled: true }],
        statusMessages: [{ status: '4xx', show: 'res.body', enabled: true }],
        raiseForStatus: true,
      },
      [],
    )

    expect(tabs.find((tab) => tab.id === 'tests')?.badge).toBe(3)
  })

  test('an option that is set shows, also where it is no limit or off', () => {
    const dotOf = (options: ReturnType<typeof emptyRequest>['options']): boolean | undefined =>
      sectionTabs({ ...emptyRequest(), options }, []).find((tab) => tab.id === 'options')?.dot

    expect(dotOf({ timeout: { read: null } })).toBe(true)
    expect(dotOf({ verify: false })).toBe(true)
    expect(dotOf({})).toBe(false)
  })

  test('a section with a problem is red and visibly marked', () => {
    const tabs = sectionTabs(emptyRequest(), [wrong({ section: 'auth', field: 'key' })])

    expect(tabs.find((tab) => tab.id === 'auth')).toMatchObject({ tone: 'danger', dot: true })
    expect(tabs.find((tab) => tab.id === 'headers')?.tone).toBeUndefined()
  })

  test('a step of undo belongs to a section by the first part of its name', () => {
    expect([sectionOf('headers.2.value'), sectionOf('body.rows.1.remove#4'), sectionOf('url'), sectionOf('')]).toEqual([
      'headers',
      'body',
      null,
      null,
    ])
  })
})

describe('problems', () => {
  const problems = [
    wrong({ section: 'headers', row: 1, field: 'name' }),
    wrong({ section: 'options', field: 'timeout.read' }),
    wrong({ section: 'auth' }),
  ]

  test('go to their section', () => {
    expect(problemsIn(problems, 'headers')).toEqual([problems[0]])
  })

  test('of cells carry the row of the table', () => {
    expect(cellProblems(problems, (index) => index - 1)).toEqual([{ row: 0, field: 'name', message: 'Wrong.' }])
    expect(cellProblems(problems, () => null)).toEqual([])
  })

  test('of a field are found by its name; the rest is told apart', () => {
    expect(problemOf(problems, 'timeout.read')).toBe(problems[1])
    expect(otherProblems(problems, ['timeout.read'])).toEqual([problems[2]])
  })
})
