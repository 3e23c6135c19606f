#!/usr/bin/env node
/**
 * The `posthaste` command. This entry must be readable to an old Node, so that it can say that it is too old: it
 * imports nothing, and the program proper only after the check.
 */
const MINIMUM: readonly [major: number, minor: number] = [22, 19]

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  const how = 'In a checkout, `npx posthaste` and `npm start` bring their own; elsewhere `npx -p node@24 posthaste` fetches one.'
  process.stderr.write(`Posthaste needs Node ${MINIMUM.join('.')} or later, and this is ${process.versions.node}. ${how}\n`)
  process.exitCode = 2
} else {
  // Node that was told where to keep what it compiles has begun to already, with the flags that it has.
  if (process.env['NODE_COMPILE_CACHE'] === undefined) {
    if (process.argv[2] === 'run') {
      const isMany = process.argv.some((argument) => argument.startsWith('--parallel'))
      ;(await import('./spare-memory.ts')).spareMemory(isMany)
    }
    keepCompiled()
  }
  const { runProgram } = await import('./program.ts')
  process.exitCode = await runProgram(process.argv.slice(2))
}

/**
 * Has Node keep what it compiles among the user's caches: compiling is a fifth of a short command. Where that cannot be
 * written Node goes on without; `NODE_COMPILE_CACHE` and `NODE_DISABLE_COMPILE_CACHE` mean what they mean to Node.
 */
function keepCompiled(): void {
  const { env, platform } = process
  const home = process.getBuiltinModule('node:os').homedir()
  const path = process.getBuiltinModule('node:path')
  const system =
    platform === 'win32' ? env['LOCALAPPDATA'] : platform === 'darwin' ? path.join(home, 'Library', 'Caches') : env['XDG_CACHE_HOME']
  const caches = system !== undefined && path.isAbsolute(system) ? system : path.join(home, '.cache')
  process.getBuiltinModule('node:module').enableCompileCache(path.join(caches, 'posthaste', 'compiled'))
}

export {}
