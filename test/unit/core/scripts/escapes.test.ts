// Scripts that try to get out, to stay for ever, to take everything, or to leave something for the next.
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptThreads } from '#core/scripts/script-threads.ts'
import { answered, job, NO_SENDS, ownThreads, printed } from '../../../support/script-runs.ts'

const threads = createScriptThreads()
afterAll(() => threads.close())

const run = (code: string, change: Parameters<typeof job>[1] = {}) => threads.run(job(code, change), NO_SENDS)

describe('what is not there', () => {
  test.each([
    ['process', 'typeof process'],
    ['Node by a constructor', `typeof this.constructor.constructor('return this')().process`],
    ['Node by a function of the host', `typeof console.log.constructor('return typeof process === "undefined" ? undefined : process')()`],
    ['fetch', 'typeof fetch'],
    ['XMLHttpRequest', 'typeof XMLHttpRequest'],
    ['WebAssembly', 'typeof WebAssembly'],
    ['the way out', 'typeof __host'],
    ['our part inside', 'typeof __inside'],
    ['std and os of the engine', 'typeof std + typeof os'],
  ])('%s', async (_name, code) => {
    const lines = printed(await run(`try { console.log(${code}) } catch (error) { console.log('undefined') }`))

    expect(lines.join()).toMatch(/^(undefined)+$/)
  })

  test.each([`require('fs')`, `require('child_process')`, `require('../package.json')`, `require({ toString: () => 'fs' })`])(
    '%s is refused in words',
    async (code) => {
      expect(printed(await run(code)).join()).toMatch(/^FAULT require: “.+” is not part of the sandbox/)
    },
  )

  test.each([`import('fs')`, `import('file:///etc/passwd')`, `import('${new URL('../../../../package.json', import.meta.url).href}')`])(
    '%s is refused',
    async (code) => {
      expect(printed(await run(`await ${code}`)).join()).toMatch(/^FAULT .*Scripts import nothing/)
    },
  )

  test('files of the request cannot be named by a script', async () => {
    const { edit } = await run(`req.setBody({ a: 1 }); pm.request.body.update({ mode: 'file', file: { src: '/etc/passwd' } })`)

    expect(JSON.stringify(edit)).not.toContain('/etc/passwd')
  })
})

describe('what never ends', () => {
  const quick = { timeMs: 300 }

  test.each([
    ['a loop', 'for (;;);', 1],
    // In one line: it is stopped at the call in the loop, or between two rounds of it.
    ['a loop further down', '\n\nconst run = () => { for (;;) Math.abs(1) }\n\nrun()', 3],
    ['a loop in a test', `test('x', () => { for (;;); })`, 1],
    ['a loop that catches', 'for (;;) { try { for (;;); } catch {} }', 1],
    ['a promise that goes on', 'const go = () => Promise.resolve().then(go); await go()', null],
    ['a timer that goes on', 'const go = () => setTimeout(go); go()', null],
    ['an interval', 'setInterval(() => {}, 1)', null],
    ['a long sleep', 'await sleep(60_000)', null],
    ['a getter', 'const o = { get a() { for (;;); } }; console.log(o)', 1],
    ['a proxy', 'console.log(new Proxy({}, { ownKeys() { for (;;); } }))', 1],
    ['toString', `bru.setVar('a', { toJSON() { for (;;); } })`, 1],
    ['a regular expression', `/(a+)+$/.test('a'.repeat(60) + 'b')`, null],
    ['an error with a slow message', `throw { get message() { for (;;); } }`, null],
    ['an error with a slow stack', `const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { for (;;); } }); throw e`, null],
    ['a slow then', `await { then() { for (;;); } }`, null],
  ])('%s is stopped', async (_name, code, line) => {
    const { faults } = await run(code, quick)

    expect(faults.at(-1)?.message).toMatch(/^The script was stopped: it had not ended after 0\.3 s/)
    if (line !== null) expect(faults.at(-1)?.line).toBe(line)
  })

  test('a test without a name is called by its number', async () => {
    const { tests } = await run(`test('a', () => {}); test('', () => {}); test.skip(' ')`)

    expect(tests.map(({ name }) => name)).toEqual(['a', 'Test 2', 'Test 3'])
  })

  test('what was printed and tested before is kept', async () => {
    const { console, tests, kept } = await run(`console.log('here'); test('a', () => {}); bru.setVar('x', 1); for (;;);`, quick)

    expect([console.map(({ text }) => text), tests.length, kept]).toEqual([['here'], 1, { x: '1' }])
  })

  test('a loop of the engine itself ends with its thread, and the next script has another', async () => {
    const own = ownThreads({ threads: 1, graceMs: 200, idleMs: 1000 })
    // The first one warms it up: the start of a thread does not count.
    await own.run(job('1'), NO_SENDS)
    const stuck = await own.run(job('[].includes.call({ length: 2 ** 53 - 1 }, 1)', quick), NO_SENDS)

    expect(stuck.faults.map(({ message }) => message).join()).toMatch(/^The script was stopped: it had not ended after 0\.3 s/)
    expect(printed(await own.run(job(`console.log('next')`), NO_SENDS))).toEqual(['next'])
  })

  test('a script that waits for nothing is told so at once', async () => {
    expect(printed(await run('await new Promise(() => {})'))).toEqual(['FAULT The script waits for something that never comes.'])
  })

  test('a test that waits for nothing fails, and the others stand', async () => {
    const { tests } = await run(`test('a', () => {}); test('b', () => new Promise(() => {})); test('c', (done) => {})`)

    expect(tests.map(({ name, passed, message }) => [name, passed, message])).toEqual([
      ['a', true, undefined],
      ['b', false, 'Error: It waits for something that never comes.'],
      ['c', false, 'Error: It waits for something that never comes.'],
    ])
  })

  test('cancelling stops it', async () => {
    const controller = new AbortController()
    const running = threads.run(job('for (;;);'), { ...NO_SENDS, signal: controller.signal })
    setImmediate(() => controller.abort())

    await expect(running).rejects.toMatchObject({ kind: 'Cancelled' })
  })
})

describe('what is too much', () => {
  test.each([
    ['a list', 'const all = []; for (;;) all.push(new Array(1000).fill(all.length))'],
    ['texts', `const all = []; for (;;) all.push('x'.repeat(1e6) + all.length)`],
    ['a text', `let text = 'x'; for (;;) text += text`],
    ['repeat', `'x'.repeat(2 ** 29)`],
    ['bytes', 'new Uint8Array(2 ** 30)'],
    ['padding', `''.padEnd(2 ** 29, 'ab')`],
  ])('%s of more than 64 MiB', async (_name, code) => {
    const lines = printed(await run(code))

    expect(lines.join()).toMatch(/^FAULT (The script needed more than 64 MiB of memory\.|RangeError|InternalError: string too long)/)
    expect(printed(await run(`console.log('next')`))).toEqual(['next'])
  })

  test.each([
    ['recursion', 'const f = () => f() + 1; f()'],
    ['recursion through JSON', 'let o = {}; for (let i = 0; i < 5000; i++) o = { o }; JSON.stringify(o)'],
    ['recursion through a getter', 'const o = { get a() { return this.a } }; o.a'],
    ['recursion through a proxy', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x'],
    ['a deeply nested text', `JSON.parse('['.repeat(1e6))`],
    ['a deeply nested program', `eval('('.repeat(1e5))`],
    ['a deeply nested expression', `/${'('.repeat(1000)}${')'.repeat(1000)}/.test('')`],
  ])('%s breaks the script, not the sandbox', async (_name, code) => {
    const { faults } = await run(code)

    expect(faults.length).toBeLessThanOrEqual(1)
    expect(printed(await run(`console.log('next')`))).toEqual(['next'])
  })

  test('lines, tests and variables beyond their bounds', async () => {
    const outcome = await run(`
      for (let i = 0; i < 3000; i++) console.log('x'.repeat(20_000))
      try { for (let i = 0; i < 3000; i++) bru.setVar('v' + i, i) } catch (error) { test('variables', () => { throw error }) }
      try { bru.setVar('large', 'x'.repeat(2_000_000)) } catch (error) { test('large', () => { throw error }) }
      for (let i = 0; i < 3000; i++) test('t' + i, () => {})`)

    expect([outcome.console.length, outcome.tests.length, Object.keys(outcome.kept).length]).toEqual([1001, 1001, 1000])
    expect(outcome.console[0]?.text.length).toBe(10_000)
    expect(outcome.console.at(-1)?.text).toBe('Only the first 1000 lines are kept.')
    expect(outcome.tests.slice(0, 2).map(({ message }) => message)).toEqual([
      'Error: Scripts can set 1000 variables.',
      'Error: The value of large is larger than 1 MiB, which a variable cannot be.',
    ])
    expect(outcome.tests.at(-1)).toMatchObject({ name: 'Only the first 1000 tests are kept.', passed: false })
  })
})

describe('what is left behind', () => {
  test('globals, prototypes and built-in functions of one script are not those of the next', async () => {
    const two = job([
      `globalThis.leak = 1; Array.prototype.push = () => { throw new Error('mine') }; Object.prototype.polluted = true; JSON.parse = () => 7; console.log = null; delete globalThis.Promise; Math.random = () => 4; var seen = 1`,
      `console.log(typeof leak, [].push(1), ({}).polluted, JSON.parse('1'), typeof Promise, Math.random() < 1, typeof seen)`,
    ])
    expect(printed(await threads.run(two, NO_SENDS))).toEqual(['undefined 1 undefined 1 function true undefined'])
  })

  test('nor of another send on the same thread', async () => {
    const own = ownThreads({ threads: 1, graceMs: 500, idleMs: 1000 })
    await own.run(job('globalThis.leak = 1; Object.freeze(Object.prototype); Symbol.for("leak").x = 1'), NO_SENDS)

    expect(printed(await own.run(job('console.log(typeof leak, Object.isFrozen(Object.prototype))'), NO_SENDS))).toEqual([
      'undefined false',
    ])
  })

  test('random numbers differ from script to script', async () => {
    const [a, b] = [
      await run('console.log(Math.random(), crypto.randomUUID())'),
      await run('console.log(Math.random(), crypto.randomUUID())'),
    ]

    expect(printed(a)).not.toEqual(printed(b))
  })

  test('names that mean something outside stay names', async () => {
    const outcome = await run(`
      bru.setVar('__proto__', 'a'); bru.setVar('constructor', 'b')
      test('__proto__', () => {}); req.setHeader('__proto__', 'c'); console.log(bru.getVar('__proto__'), bru.getVar('constructor'), bru.getVar('toString'))`)

    expect(printed(outcome)).toEqual(['a b undefined'])
    expect(Object.entries(outcome.kept)).toContainEqual(['constructor', 'b'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(outcome.edit?.headers?.at(-1)).toEqual({ name: '__proto__', value: 'c', enabled: true })
  })

  test('results of the wrong kind become what they should be', async () => {
    const outcome = await run(`
      Array.prototype.map = () => 5
      Object.prototype.toJSON = () => ({ level: 'evil', text: { a: 1 }, name: 5, passed: 'yes' })
      try { console.log('a') } catch {}
      try { test('b', () => {}) } catch {}
      try { req.setUrl({ a: 1 }) } catch {}`)

    for (const { level, text } of outcome.console) expect([level, typeof text]).toEqual(['log', 'string'])
    for (const { name, passed } of outcome.tests) expect([typeof name, passed]).toEqual(['string', false])
  })
})

test('a body of 8 MiB is read as JSON and as text', async () => {
  const large = { items: Array.from({ length: 40_000 }, (_, id) => ({ id, name: `item ${id}`, text: 'x'.repeat(150) })) }
  const lines = printed(
    await run(`console.log(res.body.items.length, res.text.length > 7_000_000, res('items[39999].id'))`, answered(large)),
  )

  expect(lines).toEqual(['40000 true 39999'])
})

test('a body that is larger says so, and what to do instead', async () => {
  const { faults } = await run('res.getBody()', { ...answered(1), body: { kind: 'tooLarge' } })

  expect(faults[0]?.message).toBe(
    'The body is larger than 8 MiB, which is what scripts are given. Assertions and captures (res.jsonpath, res.xpath) go further.',
  )
})
