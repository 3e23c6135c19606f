import { expect, test } from 'vitest'
import { unwrapped } from '../../../scripts/lib/builtins-unwrapped.mjs'

const OF_PATH = 'globalThis.process.getBuiltinModule("node:path");'

test.each([
  ['names', 'import { a as b, c } from "node:path";', `const { a: b, c } = ${OF_PATH}`],
  ['the module itself', 'import path from "node:path";', `const path = ${OF_PATH}`],
  ['its namespace', 'import * as path from "node:path";', `const path = ${OF_PATH}`],
  ['both', 'import path, { c } from "node:path";', `const path = ${OF_PATH} const { c } = ${OF_PATH}`],
])('an import of %s of a module of Node becomes constants', (_what, given, expected) => {
  expect(unwrapped(given)).toBe(expected)
})

test('what else is in a chunk stays as it is, text that looks like an import too', () => {
  const chunk = 'import { x } from "./x.js";\nimport "node:fs";\nconst text = `\nimport fs from "node:fs";\n`;\nexport { x, text };\n'

  expect(unwrapped(chunk)).toBe(chunk)
})

test('a chunk with a process of its own gets what it asked for', async () => {
  const chunk =
    'import process, { pid } from "node:process";\nimport { createServer } from "node:http";\nexport { process, pid, createServer };\n'

  const made = (await import(`data:text/javascript,${encodeURIComponent(unwrapped(chunk))}`)) as Record<string, unknown>

  expect(made).toMatchObject({ process, pid: process.pid, createServer: expect.any(Function) as unknown })
})
