import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * One build, three parts: the main side (one entry for each host, and the workers), the sandboxed preload, and the
 * renderer that both windows serve. Packages are bundled, so that a host starts from few files.
 */
export default defineConfig({
  main: {
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
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: at('src-renderer/index.html') },
    },
  },
})
