// What a script leaves in the engine's memory, which a fault of the engine could let the next one read.
import { expect, test, vi } from 'vitest'
import { createSandbox, type Sandbox } from '#core/scripts/sandbox.ts'
import { sandboxFiles } from '#core/scripts/sandbox-files.ts'
import { job } from '../../../support/script-runs.ts'

const { request, response, variables, info } = job('')
const BEGINNING = JSON.stringify({ request, response, variables, info, random: [1, 2, 3, 4] })

/** Of half a megabyte, so that it goes where nothing was before. */
async function leave(sandbox: Sandbox, secret: string): Promise<void> {
  const code = `const held = ['${secret}'.repeat(50_000), ...Array.from({ length: 2000 }, (_, at) => '${secret}' + at)]`
  const pending = { count: () => 0, next: () => Promise.resolve(null) }
  await sandbox.run({ code, isExpression: false, beginning: BEGINNING, timeMs: 5000, call: () => '', pending })
}

test('what scripts of one collection held is gone from memory before those of another run', async () => {
  const memories: WebAssembly.Memory[] = []
  const { Memory } = WebAssembly
  vi.stubGlobal('WebAssembly', {
    ...Object.fromEntries(Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name) as unknown])),
    Memory: class extends Memory {
      constructor(size: WebAssembly.MemoryDescriptor) {
        super(size)
        memories.push(this)
      }
    },
  })
  const sandbox = await createSandbox(sandboxFiles()).finally(() => vi.unstubAllGlobals())
  const has = (secret: string): boolean => Buffer.from(memories[0]?.buffer ?? new ArrayBuffer(0)).includes(secret)

  await leave(sandbox, 'correct-horse')
  expect(has('correct-horse')).toBe(true)
  sandbox.wipe()

  expect(has('correct-horse')).toBe(false)
  await leave(sandbox, 'battery-staple')
  expect(has('battery-staple')).toBe(true)
})
