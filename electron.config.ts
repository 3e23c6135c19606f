import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { asciiChunks } from './scripts/lib/ascii-chunks.mjs'
import { builtinsUnwrapped } from './scripts/lib/builtins-unwrapped.mjs'
import { windowChunks } from './scripts/lib/window-chunks.mjs'
import { preloadFirst } from './scripts/lib/preload-first.mjs'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The engine of scripts, beside what reads it: `core/scripts/sandbox-files.ts`. */
const quickjs = {
  name: 'quickjs-wasm',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => string }) {
    const path = at('node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm')
    this.emitFile({ type: 'asset', fileName: 'quickjs.wasm', source: readFileSync(path) })
  },
}

interface Graph {
  readonly getModuleIds: () => IterableIterator<string>
}
interface Resolver {
  readonly resolve: (source: string, importer: string, options: { readonly skipSelf: boolean }) => Promise<unknown>
}
interface Built {
  readonly modules?: Readonly<Record<string, unknown>>
  readonly originalFileNames?: readonly string[]
}

/**
 * Notes which files of packages went into a part, for `scripts/lib/write-notices.mjs`: code that is in a chunk, and whatever
 * else is no code, such as styles and fonts.
 */
function notePackages(part: string) {
  const files = new Set<string>()
  return {
    name: 'note-packages',
    generateBundle(this: Graph, _options: unknown, bundle: Readonly<Record<string, Built>>) {
      const inBundle = Object.values(bundle).flatMap(({ modules = {}, originalFileNames = [] }) => [
        ...Object.keys(modules),
        ...originalFileNames,
      ])
      const others = [...this.getModuleIds()].filter((id) => !/\.[cm]?[jt]sx?$/.test(id.replace(/\?.*$/, '')))
      for (const id of [...inBundle, ...others]) files.add(/node_modules\/(.*)$/.exec(id)?.[1] ?? '')
      files.delete('')
      mkdirSync(at('out/packages'), { recursive: true })
      writeFileSync(at(`out/packages/${part}.json`), JSON.stringify([...files].sort()))
    },
  }
}

/** Monaco has copies of two packages among its own files: in their stead the packages are taken, so that they are listed and audited. */
const packagesOfMonaco = {
  name: 'packages-of-monaco',
  enforce: 'pre' as const,
  resolveId(this: Resolver, source: string, importer?: string) {
    const copy = /\/(dompurify|marked)\.js$/.exec(source)?.[1]
    return copy !== undefined && importer?.includes('/monaco-editor/esm/') === true
      ? this.resolve(copy, importer, { skipSelf: true })
      : null
  },
}

const workerPackages = notePackages('workers')

/**
 * One build, three parts: the main side (one entry for each host, and the workers), the sandboxed preload, and the
 * renderer that both windows serve. Packages are bundled, so that a host starts from few files.
 */
export default defineConfig({
  main: {
    plugins: [quickjs, notePackages('main'), builtinsUnwrapped(), asciiChunks()],
    build: {
      outDir: at('out/main'),
      rollupOptions: {
        // Kept in memory with the code; what is said of licences is in `THIRD-PARTY-NOTICES.txt`.
        output: { comments: false },
        input: {
          electron: at('src-main/hosts/electron/main.ts'),
          cli: at('src-main/hosts/cli/main.ts'),
          'body-file-worker': at('src-main/core/bodies/body-file-worker.ts'),
          'view-worker': at('src-main/core/bodies/view-worker.ts'),
          'query-worker': at('src-main/core/bodies/query-worker.ts'),
          'text-worker': at('src-main/core/bodies/text-worker.ts'),
          'request-text-worker': at('src-main/core/storage/request-text-worker.ts'),
          'compare-worker': at('src-main/core/bodies/compare/compare-worker.ts'),
          'import-worker': at('src-main/core/import/import-worker.ts'),
          'sandbox-worker': at('src-main/core/scripts/sandbox-worker.ts'),
          // Read as texts, to be evaluated in the sandbox.
          'sandbox-inside': at('src-main/core/scripts/inside/main.ts'),
          'sandbox-chai': at('node_modules/chai/index.js'),
          'history-worker': at('src-main/core/history/history-worker.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [notePackages('preload')],
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('src-main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    publicDir: at('assets/public'),
    plugins: [
      packagesOfMonaco,
      react(),
      notePackages('renderer'),
      preloadFirst(at('src-renderer/begin.tsx'), /\/inter-latin-wght-normal-/),
    ],
    worker: { format: 'es', plugins: () => [workerPackages] },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: at('src-renderer/index.html'),
        output: {
          codeSplitting: {
            groups: windowChunks([
              ['language', at('src-renderer/main.ts')],
              ['first', at('src-renderer/begin.tsx')],
              ['tree', at('src-renderer/features/sidebar/collection-tree.tsx')],
              ['request', at('src-renderer/app/request-area.tsx')],
              ['answer', at('src-renderer/features/response-viewer/index.ts')],
            ]),
          },
        },
      },
    },
  },
})
