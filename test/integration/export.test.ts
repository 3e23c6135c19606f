/** `posthaste export`, as a process of its own. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli, type CliResult } from '../support/cli.ts'
import { tempDir } from '../support/temp-dir.ts'

async function setUp(): Promise<{ readonly root: string; readonly run: (...args: string[]) => Promise<CliResult> }> {
  const dir = await tempDir()
  const root = join(dir, 'demo')
  await mkdir(join(root, 'environments'), { recursive: true })
  await writeFile(join(root, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Demo }\n')
  await writeFile(join(root, 'environments', 'Local.yml'), 'name: Local\nvariables: [{ name: host, value: localhost }]\n')
  await writeFile(
    join(root, 'get.yml'),
    'info: { name: Get, type: http }\nhttp: { method: GET, url: "http://{{host}}/x" }\nruntime:\n  assertions: [{ expression: res.status, operator: eq, value: "200" }, { expression: res.history.length, operator: eq, value: "0" }]\n',
  )
  return { root, run: (...args) => runCli(['export', ...args, '--data-dir', join(dir, 'data')]) }
}

describe('posthaste export', () => {
  test('prints the document, and what is not in it to standard error', async () => {
    const { root, run } = await setUp()

    const { code, stdout, stderr } = await run(join(root, 'get.yml'), '--to', 'postman')

    expect(code).toBe(0)
    expect(JSON.parse(stdout.toString())).toMatchObject({ info: { name: 'Get' }, item: [{ name: 'Get' }] })
    expect(stderr).toContain('Note: Get: The assertion res.history.length eq 0 is kept in a comment')
    expect(stderr).toContain('Note: --output FOLDER also writes Local.postman_environment.json.')
  })

  test('writes a folder with all files, or one file', async () => {
    const { root, run } = await setUp()
    const out = join(root, '..', 'out')

    expect((await run(root, '--to', 'http', '--output', out)).code).toBe(0)
    expect((await run(root, '--to', 'opencollection', '--output', `${out}.yml`)).code).toBe(0)

    expect((await readdir(out)).sort()).toEqual(['Demo.http', 'http-client.env.json'])
    expect(await readFile(`${out}.yml`, 'utf8')).toContain('bundled: true')
  })

  test('of a folder as code: a script, or a file for each request; files that are there are not written over unless that is asked for', async () => {
    const { root, run } = await setUp()
    const out = join(root, '..', 'out')
    await mkdir(join(root, 'Sub'))
    await writeFile(join(root, 'Sub', 'put.yml'), 'info: { name: Put, type: http }\nhttp: { method: PUT, url: "http://localhost/y" }\n')

    expect((await run(root, '--to', 'curl')).stdout.toString()).toContain('#!/bin/sh\n\n: "${HOST?}"')
    expect(await run(root, '--to', 'fetch')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('say where they go with --output FOLDER'),
    })
    expect((await run(root, '--to', 'fetch', '--output', out)).code).toBe(0)
    expect((await readdir(out, { recursive: true })).sort()).toEqual(['Get.mjs', 'Sub', join('Sub', 'Put.mjs')])
    await writeFile(join(out, 'Get.mjs'), 'mine')
    expect(await run(root, '--to', 'fetch', '--output', out)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is already'),
    })
    expect(await readFile(join(out, 'Get.mjs'), 'utf8')).toBe('mine')
    expect((await run(root, '--to', 'fetch', '--output', out, '--force')).code).toBe(0)
    expect(await readFile(join(out, 'Get.mjs'), 'utf8')).toContain('fetch(')
    expect(await run(root, '--to', 'python', '--save-answer')).toMatchObject({ code: 2 })
  })

  test('makes a k6 script with stages and data', async () => {
    const { root, run } = await setUp()

    const { stdout } = await run(root, '--to', 'k6', '--stage', '30s:20', '--stage', '1m:0', '--data', 'rows.csv', '--pause', '1')

    const text = stdout.toString()
    expect(text).toContain("{ duration: '30s', target: 20 },\n    { duration: '1m', target: 0 },")
    expect(text).toContain("csvRows(open('rows.csv'))")
    expect(text).toContain('sleep(1)')
  })

  test('code is that of the languages; what is wrong ends with 2', async () => {
    const { root, run } = await setUp()

    expect((await run(join(root, 'get.yml'), '--to', 'python', '--env', 'Local')).stdout.toString()).toContain('http://localhost/x')
    expect(await run(join(root, 'get.yml'), '--to', 'docx')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no format "docx".'),
    })
    expect(await run(root, '--to', 'k6', '--stage', 'soon')).toMatchObject({ code: 2 })
    expect(await run(join(root, 'none.yml'), '--to', 'har')).toMatchObject({ code: 2 })
  })
})
