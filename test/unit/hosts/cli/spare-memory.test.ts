import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const MODULE = JSON.stringify(new URL('../../../../src-main/hosts/cli/spare-memory.ts', import.meta.url).href)

/** Much that is new and lives for a while, then what the place for it has grown to, in MiB. */
const PROGRAM = `
  import { setImmediate } from 'node:timers/promises'
  import { getHeapSpaceStatistics } from 'node:v8'
  if (process.argv[1] === 'spare') (await import(${MODULE})).spareMemory(process.argv[2] === 'many')
  const held = []
  for (let turn = 0; turn < 400; turn += 1) {
    for (let count = 0; count < 3000; count += 1) held[(turn * 3000 + count) % 60_000] = { turn, parts: [count, String(count)] }
    await setImmediate()
  }
  console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20)`

test('keeps the place for new things small, with flags that this Node knows', async () => {
  const grown = async (...how: string[]): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM, ...how])
  const [usual, spared, many] = await Promise.all([grown('usual'), grown('spare'), grown('spare', 'many')])

  // It is looked at now and then: one doubling may come before that.
  expect(Number(usual.stdout)).toBeGreaterThan(32)
  expect(Number(spared.stdout)).toBeLessThanOrEqual(36)
  expect(Number(many.stdout)).toBeGreaterThanOrEqual(32)
  expect(spared.stderr + many.stderr).toBe('')
})
