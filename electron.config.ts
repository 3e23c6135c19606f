import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { firstChunks } from './scripts/lib/first-chunks.mjs'
import { thirdPartyNotices } from './scripts/lib/third-party-notices.mjs'

const at = (path: string): string => resolve(import.meta.dirname, path)

/** The engine of scripts, beside what reads it: `core/scripts/sandbox-files.ts`. */
const quickjs = {
  name: 'quickjs-wasm',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => string }) {
    const path = at('node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm')
    this.emitFile({ type: 'asset', fileName: 'quickjs.wasm', source: readFileSync(path) })
  },
}

/**
 * One build, three parts: the main side (one entry for each host, and the workers), the sandboxed preload, and the
 * renderer that both windows serve. Packages are bundled, so that a host starts from few files.
 */
export default defineConfig({
  main: {
    plugins: [quickjs, thirdPartyNotices(['@jitl/quickjs-wasmfile-release-sync'])],
    build: {
      outDir: at('out/main'),
      rollupOptions: {
        input: {
          electron: at('src-main/hosts/electron/main.ts'),
          cli: at('src-main/hosts/cli/main.ts'),
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
    plugins: [react(), thirdPartyNotices(['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'])],
    worker: { format: 'es', plugins: () => [thirdPartyNotices()] },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: at('src-renderer/index.html'),
        output: {
          codeSplitting: { groups: firstChunks(at('src-renderer/main.ts'), at('src-renderer/begin.tsx')) },
        },
      },
    },
  },
})
