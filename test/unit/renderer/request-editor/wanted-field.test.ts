import { describe, expect, test } from 'vitest'
import { wantedField } from '../../../../src-renderer/features/request-editor/wanted-field.ts'
import { requestNamed } from '../../../support/renderer-kit.ts'

describe('wantedField', () => {
  const document = requestNamed('r', {
    params: [
      { kind: 'path', name: 'id', value: '', enabled: true },
      { kind: 'query', name: 'page', value: '1', enabled: true },
    ],
  })

  test('is the cell of the section’s table, its text to be typed over', () => {
    expect(wantedField({ section: 'headers', row: 2, field: 'name' }, document)).toEqual({
      kind: 'cell',
      table: 'Headers',
      place: { row: 2, column: 'name', at: 'all' },
    })
  })

  test('counts query rows without the path’s, which have fields of their own', () => {
    expect(wantedField({ section: 'params', row: 1, field: 'value' }, document)).toMatchObject({ table: 'Query params', place: { row: 0 } })
    expect(wantedField({ section: 'params', row: 0, field: 'value' }, document)).toEqual({ kind: 'field', name: ':id' })
  })

  test('is a cell of one of the tables of Tests, which the field names', () => {
    expect(wantedField({ section: 'tests', row: 1 }, document)).toMatchObject({ table: 'Assertions', place: { row: 1, column: 'value' } })
    expect(wantedField({ section: 'tests', row: 0, field: 'captures.name' }, document)).toMatchObject({
      table: 'Captures',
      place: { row: 0, column: 'name' },
    })
    expect(wantedField({ section: 'tests', row: 0, field: 'messages.value' }, document)).toMatchObject({ table: 'Messages by status' })
  })

  test('takes whatever else a row has wrong for its value', () => {
    expect(wantedField({ section: 'body', row: 1, field: 'files' }, document)).toMatchObject({
      table: 'Form fields',
      place: { column: 'value' },
    })
  })

  test('is a named field where there is no row', () => {
    expect(wantedField({ section: 'options', field: 'timeout.read' }, document)).toEqual({ kind: 'field', name: 'timeout.read' })
  })
})
