/** What every importer must stand: damaged and random texts end in an import that the model can hold, or in a CoreError. */
import fc from 'fast-check'
import { CoreError } from '#core/lib/core-error.ts'
import { withFittingNumbers } from '#core/import/fit-numbers.ts'
import { sourceFile, type SourceFile } from '#core/import/import-source.ts'
import type { Importer } from '#core/import/importer.ts'
import { assertValid, countingTools } from './import-samples.ts'

/** Milliseconds that reading a text of some kilobytes may take at most. */
const SLOW = 2000

export function survives(importer: Importer, files: readonly SourceFile[]): void {
  const started = performance.now()
  for (const file of files) importer.detect(file)
  try {
    // As the app reads it: what it then holds is what counts.
    assertValid(withFittingNumbers(importer.read(files, countingTools())))
  } catch (error) {
    if (!(error instanceof CoreError) || error.kind !== 'Unreadable') throw error
  }
  const took = performance.now() - started
  if (took > SLOW) throw new Error(`It took ${Math.round(took)} ms.`)
}

/** A text with stretches cut out, doubled, or put in elsewhere. */
export function mutated(text: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: text.length })
  const snippet = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '{{',
      '}}',
      '<<',
      '>>',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      "'''",
      '\n',
      '\r\n',
      ':',
      '~',
      '@',
      '\\',
      'null',
      '__proto__',
      '\u0000',
      '\uD800',
    ),
  )
  const edit = fc.tuple(place, fc.nat({ max: 40 }), snippet)
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((now, [at, cut, put]) => now.slice(0, at) + put + now.slice(at + cut), text))
}

/** The value of a text of JSON with some of what is in it replaced by something else. */
function mutatedValue(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value, [], [])
  if (paths.length === 0) return fc.constant(value)
  const other = fc.oneof(
    fc.constantFrom(null, true, false, 0, -1, 1e21, '', [], {}, [null], [[]], 'none', { value: 1 }, '{{x}}', [{ key: 'a', value: ['b'] }]),
    fc.jsonValue({ maxDepth: 3 }),
  )
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), other), { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((now, [path, put]) => withValue(now, path, put), value))
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path, all: Path[]): Path[] {
  if (typeof value !== 'object' || value === null) return all
  for (const [key, item] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key]
    all.push(here)
    pathsOf(item, here, all)
  }
  return all
}

function withValue(value: unknown, path: Path, put: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? withValue(item, rest, put) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === key ? withValue(item, rest, put) : item]))
}

/** Runs the three kinds of fuzz over an importer, with a sample to damage. */
export function fuzz(importer: Importer, sample: SourceFile, runs: { readonly numRuns: number }): void {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => survives(importer, [sourceFile('x', text)])),
    runs,
  )
  fc.assert(
    fc.property(mutated(sample.text), (text) => survives(importer, [sourceFile(sample.name, text)])),
    runs,
  )
  const value = sample.data()
  if (value === undefined) return
  fc.assert(
    fc.property(mutatedValue(value), (changed) => survives(importer, [sourceFile(sample.name, JSON.stringify(changed))])),
    runs,
  )
}
