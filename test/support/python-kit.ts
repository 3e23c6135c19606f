/** Python code of requests, without what every script has. */
import { expect } from 'vitest'
import { generatePython } from '#core/codegen/python/generate.ts'
import type { RequestDocument, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { codeOf, type Around } from './code-kit.ts'

export const CODE_URL = 'https://x.test/items'
const PRINTS = '\nprint(response.status_code)\nprint(response.text)\n'

export function row(name: string, value: string): Row {
  return { name, value, enabled: true }
}

export function secret(name: string): Variable {
  return { name, value: '', enabled: true, secret: true }
}

/**
 * What the script is between `import requests`, where that stands alone, and what is printed; by the rules of requests,
 * which have no timeout.
 */
export async function requestsCode(document: Partial<RequestDocument>, around?: Around): Promise<string> {
  const { text } = await codeOf(
    generatePython,
    { url: CODE_URL, ...document, options: { behaviour: 'requests', ...document.options } },
    around,
  )
  expect(text).toContain('import requests\n')
  expect(text.slice(-PRINTS.length)).toBe(PRINTS)
  return text.replace(/^import requests\n\n/, '').slice(0, -PRINTS.length)
}

/** The same by Posthaste's own rules, but without a timeout. */
export async function ownCode(document: Partial<RequestDocument>, around?: Around): Promise<string> {
  const options = { behaviour: 'posthaste', timeout: { connect: null, read: null }, ...document.options } as const
  return requestsCode({ ...document, options }, around)
}

/** What is said of the code, by Posthaste's own rules. */
export async function codeNotes(document: Partial<RequestDocument>, around?: Around): Promise<string[]> {
  const made = await codeOf(generatePython, { url: CODE_URL, ...document }, around)
  return made.notes.map(({ severity, message }) => `${severity}: ${message}`)
}
