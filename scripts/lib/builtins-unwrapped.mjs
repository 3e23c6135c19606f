// Node's own modules without their wrapping as ES modules. An `import` of one makes Node read each of its exports, those too that
// load more when they are first read: of `node:http` that is a second undici, 13 MiB and a sixth of the host's start; of
// `node:process` it is standard input, opened. A constant loads what it names.
import { parseAst } from 'vite'

/** A plugin for the bundler: what it wrote as imports of Node's modules becomes constants. */
export function builtinsUnwrapped() {
  return { name: 'builtins-unwrapped', renderChunk: (code) => ({ code: unwrapped(code), map: null }) }
}

/** @param {string} code a chunk: an ES module */
export function unwrapped(code) {
  let text = code
  for (const { type, source, specifiers, start, end } of parseAst(code).body.toReversed()) {
    if (type !== 'ImportDeclaration' || !source.value.startsWith('node:') || specifiers.length === 0) continue
    text = text.slice(0, start) + constants(specifiers, source.value) + text.slice(end)
  }
  return text
}

function constants(specifiers, module) {
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier')
  // The module's own value is its default export; its namespace has the same names.
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier').map(({ local }) => local.name)
  const names = named.map(({ imported, local }) => (imported.name === local.name ? local.name : `${imported.name}: ${local.name}`))
  const patterns = names.length > 0 ? [...whole, `{ ${names.join(', ')} }`] : whole
  // A chunk may have a `process` of its own.
  return patterns.map((pattern) => `const ${pattern} = globalThis.process.getBuiltinModule("${module}");`).join(' ')
}
