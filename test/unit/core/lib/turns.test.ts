import { describe, expect, test } from 'vitest'
import { inTurnsWhile, type Work } from '#core/lib/turns.ts'

/** Goes on until it is stopped. */
function* endless(onStep: () => void): Work<string> {
  for (;;) {
    onStep()
    yield
  }
}

function* short(): Work<string> {
  yield
  return 'done'
}

describe('work in turns', () => {
  test('is left undone once somebody else goes first', async () => {
    let steps = 0

    expect(
      await inTurnsWhile(
        endless(() => (steps += 1)),
        () => false,
      ),
    ).toBeNull()
    expect(steps).toBeGreaterThan(0)
  })

  test('comes to its end where nobody does, and hands on what goes wrong in it', async () => {
    expect(await inTurnsWhile(short(), () => true)).toBe('done')
    const broken = inTurnsWhile(
      endless(() => {
        throw new Error('broken')
      }),
      () => true,
    )
    await expect(broken).rejects.toThrow('broken')
  })
})
