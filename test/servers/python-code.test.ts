import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeCode, type CodeVerdict } from './support/python-code.ts'
import { anyCodeCase } from './support/python-code-arbitraries.ts'
import { findPython } from './support/python.ts'
import { meaningOf } from './support/same-request.ts'

const RUNS = Number(process.env.REFEREE_RUNS ?? 800)
const SEED = Number(process.env.REFEREE_SEED ?? 2026)
const AT_LEAST = 500

let dir: string
let python: string
const files = { some: '', none: '' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-code-'))
  python = await findPython()
  files.some = join(dir, 'фото.bin')
  files.none = join(dir, 'empty.txt')
  await writeFile(files.some, Buffer.from([0, 1, 0xff, 0x0d, 0x0a, 0x41]))
  await writeFile(files.none, '')
})
afterAll(() => rm(dir, { recursive: true }))

function isSame({ ours, theirs }: CodeVerdict): boolean {
  return ours.error === theirs.error && JSON.stringify(ours.requests) === JSON.stringify(theirs.requests)
}

function saysTheSame({ ours, theirs, notes }: CodeVerdict): boolean {
  const targets = !notes.some((note) => /address/.test(note))
  return JSON.stringify(meaningOf(ours, targets)) === JSON.stringify(meaningOf(theirs, targets))
}

describe(`code of requests made at random (REFEREE_SEED=${SEED})`, () => {
  test('sends what Posthaste sends, to the byte', async () => {
    const verdicts = await judgeCode(fc.sample(anyCodeCase(files), { numRuns: RUNS, seed: SEED }), python, dir)
    const compared = verdicts.filter(({ code }) => code !== null)

    expect(compared.filter((verdict) => !isSame(verdict)).slice(0, 5)).toEqual([])
    expect(compared.length).toBeGreaterThanOrEqual(Math.min(AT_LEAST, RUNS / 2))
  })

  test.each(['posthaste', 'curl', 'browser'] as const)('says what Posthaste says by the rules of %s', async (behaviour) => {
    const verdicts = await judgeCode(fc.sample(anyCodeCase(files, behaviour), { numRuns: RUNS / 4, seed: SEED }), python, dir)
    const compared = verdicts.filter(({ code, lost }) => code !== null && lost.length === 0)

    expect(compared.filter((verdict) => !saysTheSame(verdict)).slice(0, 5)).toEqual([])
    expect(compared.length).toBeGreaterThanOrEqual(RUNS / 8)
  })
})
