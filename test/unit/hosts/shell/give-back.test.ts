import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { giveBackAtRest } from '../../../../src-main/hosts/shell/give-back.ts'

const MODULE = JSON.stringify(new URL('../../../../src-main/hosts/shell/give-back.ts', import.meta.url).href)

/** Much that is new and is let go; then how large its place is, in MiB, when a host rests, and the flags that code is kept for. */
const PROGRAM = `
  import { getHeapSpaceStatistics, cachedDataVersionTag } from 'node:v8'
  const { giveBackAtRest } = await import(${MODULE})
  const place = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').physical_space_size / 2 ** 20
  const flags = cachedDataVersionTag()
  const held = []
  for (let turn = 0; turn < 2_000_000; turn += 1) held[turn % 60_000] = { turn, parts: [turn, String(turn)] }
  held.length = 0
  const busy = place()
  giveBackAtRest(undefined, 10)
  const looking = setInterval(() => {
    if (place() > busy / 4) return
    clearInterval(looking)
    console.log(JSON.stringify({ busy, sameFlags: flags === cachedDataVersionTag() }))
  }, 20)`

describe('memory of a host that rests', () => {
  test('is given back, and code is compiled as before', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM])

    const { busy, sameFlags } = JSON.parse(stdout) as { busy: number; sameFlags: boolean }
    expect(busy).toBeGreaterThan(8)
    expect(sameFlags).toBe(true)
    expect(stderr).toBe('')
  })

  test('is collected once a rest, and not while something happens', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const collect = vi.fn()
    const memory = giveBackAtRest(collect, 1000)

    for (let turn = 0; turn < 20; turn += 1) {
      memory.stir()
      vi.advanceTimersByTime(900)
    }
    expect(collect).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(collect).toHaveBeenCalledTimes(1)

    memory.stir()
    vi.advanceTimersByTime(60_000)
    expect(collect).toHaveBeenCalledTimes(2)

    memory.stop()
    memory.stir()
    vi.advanceTimersByTime(60_000)
    expect(collect).toHaveBeenCalledTimes(2)
  })
})
