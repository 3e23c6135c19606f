/** What the window's first drawing waits for: none of the large packages that only some of its parts need. */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..', '..')
/** Imports that run: neither of types alone, nor asked for later. */
const STATIC = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gm

/** Every module that a file brings with it, files of ours by their path below the project, packages by their name. */
function broughtBy(entry: string): ReadonlyMap<string, string> {
  const from = new Map([[entry, '']])
  for (const file of from.keys()) {
    if (!/\.tsx?$/.test(file)) continue
    for (const [, name = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(STATIC)) {
      const found = name.startsWith('.')
        ? join(dirname(file), name)
        : name.startsWith('#contract/')
          ? name.replace('#contract/', 'src-main/contract/')
          : name
      if (!from.has(found)) from.set(found, file)
    }
  }
  return from
}

test('the first load brings no schemas, dialogs, dragging, long lists, code editor or gallery', () => {
  const brought = broughtBy('src-renderer/begin.tsx')
  const large = /^(?:zod|@radix-ui\/|@dnd-kit\/|@tanstack\/|monaco-editor|src-renderer\/(?:monaco|gallery)\/)/

  expect(brought.size).toBeGreaterThan(150)
  expect([...brought].filter(([name]) => large.test(name)).map(([name, by]) => `${name}, by ${by}`)).toEqual([])
})
