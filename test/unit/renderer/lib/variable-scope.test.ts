import { describe, expect, test } from 'vitest'
import { NO_LAYERS } from '../../../../src-main/contract/model/request-defaults.ts'
import type { FoundVariable } from '../../../../src-main/contract/model/variable.ts'
import { completionsFor, definableName, markOf, optionAt, variableAt, variableScope } from '../../../../src-renderer/lib/variable-scope.ts'

const found = (name: string, change: Partial<FoundVariable> = {}): FoundVariable => ({
  name,
  value: `value of ${name}`,
  origin: { layer: 'environment', name: 'staging' },
  secret: false,
  ...change,
})
const DYNAMIC = [{ name: '$uuid', example: '1-2-3' }]

describe('what a name stands for', () => {
  test('is its value with its origin, an example of what is made anew, or nothing', () => {
    const scope = variableScope({ variables: [found('host')], dynamic: DYNAMIC, preview: null })

    expect(scope.lookUp('host')).toMatchObject({ kind: 'value', value: 'value of host', origin: { name: 'staging' } })
    expect(scope.lookUp('$uuid')).toEqual({ kind: 'made', example: '1-2-3' })
    expect(scope.lookUp('nope')).toMatchObject({ kind: 'missing' })
  })

  test('is not missing while the variables are not known, nor where it is of the process', () => {
    const nothing = variableScope({ variables: null, dynamic: [], preview: null })
    const some = variableScope({ variables: [], dynamic: [], preview: null })

    expect(nothing.lookUp('host')).toEqual({ kind: 'unknown' })
    expect(some.lookUp('process.env.HOME')).toEqual({ kind: 'unknown' })
  })

  test('is told by the preview where it was looked for, where it is asked for, and what the process has', () => {
    const message = 'The variable {{nope}} has no value: it is not in the request, collection Shop.'
    const preview = {
      layers: {
        ...NO_LAYERS,
        asks: [{ name: 'otp', secret: true, origin: { layer: 'request' as const }, description: 'Code' }],
        variables: [found('process.env.HOME', { value: '/root', origin: { layer: 'process' } })],
      },
      problems: [{ kind: 'UndefinedVariable' as const, stage: 'resolve' as const, message, hint: 'Did you mean {{note}}?' }],
    }
    const scope = variableScope({ variables: [], dynamic: [], preview })

    expect(scope.lookUp('nope')).toEqual({ kind: 'missing', message, hint: 'Did you mean {{note}}?', at: null })
    expect(scope.lookUp('otp')).toEqual({ kind: 'asked', origin: { layer: 'request' }, description: 'Code' })
    expect(scope.lookUp('process.env.HOME')).toMatchObject({ kind: 'value', value: '/root' })
  })

  test('is marked where its rules refuse its value', () => {
    const message = 'The variable {{size}} of the request must be a whole number.'
    const details = { variable: 'size', origin: { layer: 'request' } }
    const problems = [{ kind: 'InvalidVariable' as const, stage: 'prepare' as const, message, details }]
    const scope = variableScope({ variables: [found('size'), found('host')], dynamic: [], preview: { layers: NO_LAYERS, problems } })

    expect(scope.lookUp('size')).toMatchObject({ kind: 'value', fault: message })
    expect(['size', 'host', 'nope'].map((name) => markOf(scope.lookUp(name)))).toEqual(['missing', 'known', 'missing'])
  })
})

describe('a problem', () => {
  test('names the variable that an environment can give a value, and only such', () => {
    const saying = (name: string) =>
      definableName({ kind: 'UndefinedVariable', message: `The variable {{${name}}} has no value: it is not in x.` })

    expect([saying('host'), saying('process.env.HOME'), saying('$uuid')]).toEqual(['host', null, null])
    expect(definableName({ kind: 'InvalidURL', message: 'The variable {{host}} has no value' })).toBeNull()
  })
})

describe('a problem of a variable that stands somewhere', () => {
  const problem = (details: Record<string, unknown>, kind: 'InvalidVariable' | 'InvalidURL' = 'InvalidVariable') =>
    variableAt({ kind, details })

  test('leads there, where one can go there', () => {
    const origin = { layer: 'environment', name: 'dev' }
    expect(problem({ variable: 'page', origin })).toEqual({ name: 'page', origin })
    expect(problem({ variable: 'page', origin: { layer: 'given' } })).toBeNull()
    expect(problem({ variable: 'page' })).toBeNull()
    expect(problem({ variable: 'page', origin }, 'InvalidURL')).toBeNull()
  })
})

test('a failure that an option has to do with says which, and whose', () => {
  const details = { option: 'timeout.total', origin: { layer: 'session', name: 'alice' } }

  expect([optionAt({ details }), optionAt({ details: { option: 'timeout.total' } }), optionAt({})]).toEqual([details, null, null])
  expect(optionAt({ where: { section: 'options', field: 'cert.pfx' } })).toEqual({ option: 'cert.pfx', origin: { layer: 'request' } })
  expect(optionAt({ where: { section: 'body' } })).toBeNull()
})

describe('completions', () => {
  test('never hold a secret', () => {
    const { completions } = variableScope({ variables: [found('token', { secret: true, value: 's3cret' })], dynamic: [], preview: null })

    expect(completions).toEqual([{ name: 'token', value: '••••••••', origin: 'environment staging' }])
  })

  test('that begin with what is typed come first, in any case', () => {
    const { completions } = variableScope({ variables: [found('xHost'), found('host')], dynamic: DYNAMIC, preview: null })

    expect(completionsFor('HO', completions).map(({ name }) => name)).toEqual(['host', 'xHost'])
    expect(completionsFor('', completions)).toHaveLength(3)
  })
})
