/**
 * The files that a sandbox is made of: the engine (QuickJS as WebAssembly), our part that runs inside it, and chai. A build
 * puts them beside the bundle, each in one file; without one they are read where they are written and installed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

export interface SandboxFiles {
  readonly wasm: () => ArrayBuffer
  /** The name of the module that is evaluated first. */
  readonly inside: string
  /** The text of a module that another names; null: there is none. */
  readonly source: (module: string) => string | null
}

/** Module of the sandbox that is chai. */
export const CHAI = 'chai'

export function sandboxFiles(): SandboxFiles {
  const built = ['./', '../'].map((path) => new URL(path, import.meta.url)).find((folder) => existsSync(new URL('quickjs.wasm', folder)))
  return built ? builtFiles(built) : sourceFiles()
}

function builtFiles(folder: URL): SandboxFiles {
  const paths: Readonly<Record<string, string>> = { inside: 'sandbox-inside.js', [CHAI]: 'sandbox-chai.js' }
  return {
    wasm: () => bytesOf(new URL('quickjs.wasm', folder)),
    inside: 'inside',
    source: (module) => {
      // The bundler puts a shim of CommonJS in front of whatever names `require`; here it has nothing to stand for.
      if (module === 'node:module') return 'export default { createRequire: () => undefined }'
      const path = paths[module]
      return path === undefined ? null : readFileSync(new URL(path, folder), 'utf8')
    },
  }
}

function sourceFiles(): SandboxFiles {
  return {
    wasm: () => bytesOf(new URL(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'))),
    inside: new URL('./inside/main.ts', import.meta.url).href,
    source: (module) => {
      if (module === CHAI) return readFileSync(fileURLToPath(import.meta.resolve(CHAI)), 'utf8')
      if (!module.startsWith(new URL('./', import.meta.url).href)) return null
      return stripTypeScriptTypes(readFileSync(fileURLToPath(module), 'utf8'))
    },
  }
}

function bytesOf(url: URL): ArrayBuffer {
  const bytes = readFileSync(url)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
