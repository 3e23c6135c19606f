import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { APP_ERROR_KINDS, REQUEST_ERROR_KINDS } from '#contract/errors.ts'

test('docs/errors.md lists exactly the kinds there are', async () => {
  const text = await readFile(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8')
  const documented = [...text.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])

  expect(documented).toEqual([...REQUEST_ERROR_KINDS, ...APP_ERROR_KINDS])
})
