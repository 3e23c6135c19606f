import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { dynamicValues } from '#core/resolve/dynamic.ts'
import { DYNAMIC_SAMPLES, SAMPLES_AT } from '#core/resolve/dynamic-samples.ts'

describe('samples of values made anew', () => {
  test('are what is made, of every name and in the same order', () => {
    const { names, make } = dynamicValues('examples', SAMPLES_AT)

    expect(Object.entries(DYNAMIC_SAMPLES)).toEqual(names.map((name) => [name, make(name)]))
  })

  test('are told without the code that makes them', async () => {
    const commands = join(import.meta.dirname, '../../../../src-main/core/commands/variables.ts')
    const script = `
      const { registerHooks } = await import('node:module')
      registerHooks({ resolve: (name, context, next) => { if (name.includes('faker')) throw new Error('Faker was loaded.'); return next(name, context) } })
      const { variablesHandlers } = await import(${JSON.stringify(commands)})
      const { values } = await variablesHandlers({})['variables.dynamic']({}, {})
      process.stdout.write(JSON.stringify(values))`

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--no-warnings', '-e', script])

    expect(JSON.parse(stdout)).toEqual(Object.entries(DYNAMIC_SAMPLES).map(([name, example]) => ({ name, example })))
  })
})
