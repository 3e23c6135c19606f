// `node --import` of this: when the process ends, the files of all modules that its main thread loaded are written, as
// JSON, to the file that POSTHASTE_LOADED names. For scripts/check-budget.mjs.
import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const loaded = new Set()
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) loaded.add(fileURLToPath(url))
      return next(url, context)
    },
  })
  process.on('exit', () => writeFileSync(process.env.POSTHASTE_LOADED, JSON.stringify([...loaded])))
}
