import { expect, test } from 'vitest'
import { placeOfStep } from '../../../../src-renderer/lib/step-place.ts'

const steps: [step: string, place: ReturnType<typeof placeOfStep>][] = [
  ['headers.2.value', { section: 'headers', row: 2, field: 'value' }],
  ['variables.0.enabled#17', { section: 'variables', row: 0, field: 'enabled' }],
  ['options.timeout.read', { section: 'options', field: 'timeout.read' }],
  ['auth.token', { section: 'auth', field: 'token' }],
  ['url.paste.back', { section: 'url' }],
  ['method', { section: 'method' }],
  ['params.3.name', { section: 'params', field: '3.name' }],
  ['', null],
  ['tests.1.value', { section: 'tests', row: 1, field: 'value' }],
  ['docs', null],
]
for (const [step, place] of steps) {
  test(`the step “${step}” is at ${JSON.stringify(place)}`, () => {
    expect(placeOfStep(step)).toEqual(place)
  })
}
