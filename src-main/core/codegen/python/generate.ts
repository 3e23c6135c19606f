/** A request as a Python script that sends it by requests. */
import { isTyped } from '../../prepare/prepared-request.ts'
import type { Code, CodeSource } from '../code-source.ts'
import { pythonString, pythonText } from './python-text.ts'

export function generatePython({ request, placeholders }: CodeSource): Code {
  const { method, url, headers } = request
  const own = headers.filter(isTyped).map(({ name, value }) => `        ${pythonString(name)}: ${pythonText(value, placeholders)},\n`)
  const call = [
    `    ${pythonString(method)},\n`,
    `    ${pythonText(url.href, placeholders)},\n`,
    ...(own.length > 0 ? [`    headers={\n${own.join('')}    },\n`] : []),
  ]
  const imports = placeholders.names().length > 0 ? 'import os\n\nimport requests\n' : 'import requests\n'
  return { text: `${imports}\nresponse = requests.request(\n${call.join('')})\nprint(response.status_code)\n`, notes: [] }
}
