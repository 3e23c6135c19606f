import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPython } from './support/python.ts'
import { ACCEPTED } from './support/accepted-differences.ts'
import type { RefereeCase } from './support/referee-case.ts'
import { differs, judge, type Verdict } from './support/referee.ts'
import { anyCase, anyJourney } from './support/referee-arbitraries.ts'

const RUNS = Number(process.env.REFEREE_RUNS ?? 1000)
const SEED = Number(process.env.REFEREE_SEED ?? 2026)

let dir: string
let python: string
const files = { some: '', none: '' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-referee-'))
  python = await findPython()
  files.some = join(dir, 'фото.bin')
  files.none = join(dir, 'empty.txt')
  await writeFile(files.some, Buffer.from([0, 1, 0xff, 0x0d, 0x0a, 0x41]))
  await writeFile(files.none, '')
})
afterAll(() => rm(dir, { recursive: true }))

/** What no row of the document of differences explains, in a form that can be read. */
async function unexplained(cases: readonly RefereeCase[]): Promise<Verdict[]> {
  const verdicts = await judge(cases, python, dir)
  return verdicts.filter((verdict) => differs(verdict) && !ACCEPTED.some(({ explains }) => explains(verdict)))
}

describe(`requests made at random (REFEREE_SEED=${SEED})`, () => {
  test('are the same to the byte', async () => {
    expect(await unexplained(fc.sample(anyCase(files), { numRuns: RUNS, seed: SEED }))).toEqual([])
  })

  test('and so is every hop of one that is redirected', async () => {
    expect(await unexplained(fc.sample(anyJourney(files), { numRuns: RUNS / 2, seed: SEED }))).toEqual([])
  })
})

describe('the differences that are accepted', () => {
  test('are all there still, and are what they are said to be', async () => {
    const verdicts = await judge(
      ACCEPTED.map(({ example }) => example),
      python,
      dir,
    )
    const stale = ACCEPTED.filter(({ explains }, at) => {
      const verdict = verdicts[at]
      return !verdict || !differs(verdict) || !explains(verdict)
    })
    expect(stale.map(({ id }) => id)).toEqual([])
  })

  test('are the rows of the document', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/requests-differences.md'), 'utf8')
    const named = [...text.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map((match) => match[1])
    expect(named).toEqual(ACCEPTED.map(({ id }) => id))
  })
})
