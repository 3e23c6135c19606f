// Scripts of requests, folders and collections around real sends.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { requestFile, scriptKit } from '../support/script-kit.ts'

/** Answers with what it was asked, as JSON. */
function echo(): Promise<HttpServer> {
  return httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      response.setHeader('Content-Type', 'application/json')
      response.setHeader('Set-Cookie', 'seen=yes; Path=/')
      response.end(JSON.stringify({ method: request.method, path: request.url, headers: request.headers, body: body.toString() }))
    })
  })
}

describe('before a request', () => {
  test('a script changes URL, method, headers and body, and what is prepared is what was changed', async () => {
    const server = await echo()
    const kit = await scriptKit()
    const before = `
      req.setUrl(req.getUrl() + '/changed?a=1')
      req.setMethod('POST')
      req.setHeader('X-One', 'eins')
      pm.request.headers.upsert({ key: 'X-Two', value: 'zwei' })
      pm.request.url.query.add({ key: 'b', value: 'x y' })
      req.setBody({ id: 7 })`
    const tests = `
      test('sent', () => {
        expect(res.status).to.equal(200)
        expect(res.body.path).to.equal('/base/changed?a=1&b=x%20y')
        expect(req.getMethod()).to.equal('POST')
        expect(req.getBody()).to.deep.equal({ id: 7 })
      })`
    await kit.write('a.yml', requestFile(`${server.url}/base`, { 'before-request': before, tests }))

    const { checks, error } = await kit.sendFile('a.yml')

    expect(error).toBeNull()
    expect(checks).toMatchObject({ faults: [], tests: [{ name: 'sent', passed: true, from: { type: 'tests' } }] })
    expect(server.requests).toEqual(['POST /base/changed?a=1&b=x%20y'])
  })
})

test('variables that a script sets are there for the next request, and in no file of the collection', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write('login.yml', requestFile(`${server.url}/login`, { 'after-response': `bru.setEnvVar('token', 't-' + res.status)` }))
  await kit.write('next.yml', requestFile(`${server.url}/next/{{token}}`))

  await kit.sendFile('login.yml')
  await kit.sendFile('next.yml')

  expect(server.requests).toEqual(['GET /login', 'GET /next/t-200'])
  expect(await readFile(join(kit.root, 'opencollection.yml'), 'utf8')).not.toContain('t-200')
})

test('send() sends a saved request', async () => {
  const server = await echo()
  const kit = await scriptKit()
  await kit.write(
    'auth/login.yml',
    requestFile(`${server.url}/login`, { 'after-response': `bru.setVar('token', 'abc')` }, { info: { name: 'Log in', type: 'http' } }),
  )
  const before = `const answer = await send('Log in'); console.log(answer.status, answer.body.path, bru.getVar('token')); await bru.runRequest('auth/login')`
  await kit.write('a.yml', requestFile(`${server.url}/a?t={{token}}`, { 'before-request': before }))

  const { checks, error } = await kit.sendFile('a.yml')

  expect(error).toBeNull()
  expect(checks?.console.map(({ text, line }) => [text, line])).toEqual([['200 /login abc', 1]])
  expect(server.requests).toEqual(['GET /login', 'GET /login', 'GET /a?t=abc'])
})
