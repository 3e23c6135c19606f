/** Functions that a k6 script brings along, as it needs them. */
import type { LoadOptions } from '#contract/model/export.ts'
import type { K6Needs } from './k6-request.ts'

const HELPERS: Readonly<Record<string, string>> = {
  basic: `function basic(username, password) {
  return \`Basic \${encoding.b64encode(\`\${username}:\${password}\`)}\`
}`,
  bodyOf: `function bodyOf(response) {
  try {
    return response.json()
  } catch (error) {
    return response.body
  }
}`,
  at: `function at(value, path) {
  return path.reduce((found, key) => (found === null || found === undefined ? undefined : found[key]), value)
}`,
  headerOf: `function headerOf(response, name) {
  const key = Object.keys(response.headers).find((one) => one.toLowerCase() === name)
  return key === undefined ? undefined : response.headers[key]
}`,
  has: `function has(value, part) {
  if (typeof value === 'string') return value.includes(String(part))
  if (Array.isArray(value)) return value.some((one) => same(one, part))
  if (typeof value !== 'object' || value === null) return value !== undefined && String(value).includes(String(part))
  if (typeof part !== 'object' || part === null) return Object.keys(value).includes(String(part))
  return Object.keys(part).every((key) => same(value[key], part[key]))
}`,
  lengthOf: `function lengthOf(value) {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null
}`,
  matches: `function matches(value, pattern, flags = '') {
  try {
    return value !== undefined && new RegExp(pattern, flags).test(String(value))
  } catch (error) {
    return false // no regular expression
  }
}`,
  same: `function same(actual, expected) {
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) return actual === expected
  const keys = Object.keys(actual)
  if (Array.isArray(actual) !== Array.isArray(expected) || keys.length !== Object.keys(expected).length) return false
  return keys.every((key) => Object.keys(expected).includes(key) && same(actual[key], expected[key]))
}`,
  speak: `function speak(url, messages, params) {
  return ws.connect(url, params, (socket) => {
    let heard = Date.now()
    const hear = () => (heard = Date.now())
    socket.on('message', hear)
    socket.on('binaryMessage', hear)
    socket.on('open', () => {
      for (const message of messages) typeof message === 'string' ? socket.send(message) : socket.sendBinary(message)
      hear()
      // It is closed once nothing more comes, and in half a minute at the latest.
      socket.setInterval(() => Date.now() - heard >= 1000 && socket.close(), 100)
      socket.setTimeout(() => socket.close(), 30000)
    })
  })
}`,
  uuid: `function uuid() {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (letter) => {
    const digit = Math.floor(Math.random() * 16)
    return (letter === 'x' ? digit : (digit & 3) | 8).toString(16)
  })
}`,
}

/** RFC 4180, with whatever of comma, semicolon and tab the first line has most of. */
const CSV = `function csvRows(text) {
  const plain = text.replace(/^\\uFEFF/, '').trim()
  const first = plain.split('\\n')[0]
  const separator = [',', ';', '\\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]
  const cells = [['']]
  let inQuotes = false
  for (let at = 0; at < plain.length; at += 1) {
    const row = cells[cells.length - 1]
    const letter = plain[at]
    if (letter === '"' && inQuotes && plain[at + 1] === '"') row[row.length - 1] += plain[(at += 1)]
    else if (letter === '"') inQuotes = !inQuotes
    else if (inQuotes) row[row.length - 1] += letter
    else if (letter === separator) row.push('')
    else if (letter === '\\n') cells.push([''])
    else if (letter !== '\\r') row[row.length - 1] += letter
  }
  const [names, ...rows] = cells
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
}`

export function helperLines(helpers: K6Needs['helpers'], { data }: LoadOptions): string[] {
  const used = Object.keys(HELPERS).filter((name) => [...helpers].some((one) => one === name))
  const texts = [...used.map((name) => HELPERS[name] ?? ''), ...(data !== undefined && !/\.json$/i.test(data) ? [CSV] : [])]
  return texts.flatMap((text) => ['', ...text.split('\n')])
}
