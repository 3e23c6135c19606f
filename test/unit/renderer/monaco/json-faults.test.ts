import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { jsonFault } from '../../../../src-renderer/monaco/json-faults.ts'

const PARSER = 'node_modules/monaco-editor/esm/external/vscode-json-languageservice/lib/esm/parser/jsonParser.js'

test('every fault that Monaco’s parser of JSON finds has words of ours, and each has its own', async () => {
  const parser = await readFile(PARSER, 'utf8')
  const faults = new Set([...parser.matchAll(/\b_error\(t\('([^']+)'\)/g)].map(([, fault = '']) => fault))

  expect(faults.size).toBeGreaterThan(10)
  expect([...faults].filter((fault) => jsonFault(fault) === fault)).toEqual([])
  expect(new Set([...faults].map(jsonFault)).size).toBe(faults.size)
})

test('what is not known stays as it is', () => {
  expect(jsonFault('Something new.')).toBe('Something new.')
})
