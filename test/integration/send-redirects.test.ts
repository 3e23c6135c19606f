import { describe, expect, test } from 'vitest'
import { isRefusalWarning } from '#contract/model/cookie-refusal.ts'
import { bodyOf, httpServer } from '../support/http-server.ts'
import { rows, sendKit } from '../support/send-kit.ts'

describe('redirects', () => {
  test('are followed hop by hop, each kept with its body, timings and reason', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/end') response.end('arrived')
      else response.writeHead(302, { Location: request.url === '/a' ? '/b' : '/end' }).end(`gone from ${request.url ?? ''}`)
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: `${server.url}/a` })

    expect(exchange).toMatchObject({ ok: true, response: { status: 200, url: `${server.url}/end` } })
    expect(exchange.history.map((hop) => hop.because)).toEqual([`302 to ${server.url}/b`, `302 to ${server.url}/end`])
    expect(await Promise.all(exchange.history.map((hop) => kit.text(hop.response.bodyId)))).toEqual(['gone from /a', 'gone from /b'])
    expect(exchange.history.every((hop) => hop.connection.remotePort === server.port && hop.timings.total > 0)).toBe(true)
    expect(exchange.timings.total).toBeGreaterThan(exchange.history.reduce((sum, hop) => sum + hop.timings.total, 0))
    expect(kit.steps.flatMap((step) => (step.kind === 'requestHead' ? [step.hop] : []))).toEqual([0, 1, 2])
    expect(kit.steps.at(-1)?.kind).toBe('done')
    expect(server.connections()).toBe(1)
  })

  test('keep the body on 307 and drop it on 303', async () => {
    const bodies: string[] = []
    const server = await httpServer((request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(`${request.method ?? ''} ${request.headers['content-type'] ?? '-'} ${body.toString()}`)
        if (request.url === '/307') response.writeHead(307, { Location: '/303' }).end()
        else if (request.url === '/303') response.writeHead(303, { Location: '/end' }).end()
        else response.end()
      })
    })
    const exchange = await (await sendKit()).send({ url: `${server.url}/307`, method: 'PUT', body: { kind: 'text', text: 'hello' } })

    expect(exchange.ok).toBe(true)
    expect(bodies).toEqual(['PUT text/plain; charset=utf-8 hello', 'PUT text/plain; charset=utf-8 hello', 'GET - '])
  })

  test('are not followed where that is off', async () => {
    const server = await httpServer((_request, response) => response.writeHead(302, { Location: '/b' }).end())
    const exchange = await (await sendKit()).send({ url: server.url, options: { followRedirects: false } })

    expect(exchange).toMatchObject({ ok: true, response: { status: 302 }, history: [] })
  })

  test('in a circle end at the limit with every hop kept', async () => {
    const server = await httpServer((_request, response) => response.writeHead(301, { Location: '/' }).end('again'))
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange.error).toMatchObject({
      kind: 'TooManyRedirects',
      message: 'Exceeded 30 redirects.',
      hint: 'The last answer leads on to /. See under Redirects whether they go in a circle, or raise the limit in Options.',
      details: { limit: 30, location: '/' },
    })
    expect(exchange.history).toHaveLength(30)
    expect(exchange.response?.status).toBe(301)
    expect(server.requests).toHaveLength(31)
  })

  test('with a limit of 0 end at the first, which says where it leads, without its credentials', async () => {
    const server = await httpServer((_request, response) => response.writeHead(302, { Location: 'http://me:secret@h.test/next' }).end())
    const exchange = await (await sendKit()).send({ url: server.url, options: { maxRedirects: 0 } })

    expect(exchange).toMatchObject({ ok: false, response: { status: 302 }, history: [] })
    expect(exchange.error).toMatchObject({ kind: 'TooManyRedirects', message: 'Exceeded 0 redirects.' })
    expect(exchange.error?.hint).toContain('leads on to http://…@h.test/next, and the limit is 0')
    expect(server.requests).toHaveLength(1)
  })

  test('to another scheme end with an error that names it, the response kept', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(302, { Location: 'ftp://example.test/file' }).end('see there'),
    )
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url })

    expect(exchange.error?.kind).toBe('InvalidSchema')
    expect(exchange.error?.message).toContain('ftp://example.test/file')
    expect(exchange.error?.details).toMatchObject({ option: 'followRedirects' })
    expect(exchange.response?.status).toBe(302)
    expect(await kit.text(exchange.response?.bodyId)).toBe('see there')
  })

  test('take cookies set on the way along, from the jar', async () => {
    const seen: string[] = []
    const server = await httpServer((request, response) => {
      seen.push(request.headers.cookie ?? '')
      if (request.url === '/')
        response.writeHead(302, { Location: '/in', 'Set-Cookie': ['sid=42; Path=/', 'bad=1; Domain=example.com'] }).end()
      else response.end()
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, cookies: rows(['own', '1']) })

    expect(seen).toEqual(['own=1', 'sid=42; own=1'])
    expect(kit.cookies.list().map(({ name }) => name)).toEqual(['sid'])
    expect(exchange.warnings).toEqual(['The cookie bad was not kept: its domain is not that of the host that set it.'])
    expect(exchange.warnings.every(isRefusalWarning)).toBe(true)
  })

  test('take no secret to another origin', async () => {
    const heads: Record<string, unknown>[] = []
    const other = await httpServer((request, response) => {
      heads.push(request.headers)
      response.end()
    })
    const server = await httpServer((_request, response) => response.writeHead(302, { Location: `${other.url}/there` }).end())
    const exchange = await (
      await sendKit()
    ).send({ url: server.url, auth: { kind: 'bearer', token: 't' }, headers: rows(['X-Api-Key', 'k'], ['X-Plain', 'p']) })

    expect(heads[0]).toMatchObject({ 'x-plain': 'p', host: `127.0.0.1:${other.port}` })
    expect(heads[0]).not.toHaveProperty('authorization')
    expect(heads[0]).not.toHaveProperty('x-api-key')
    expect(exchange.warnings).toHaveLength(2)
    expect(exchange.warnings.join()).toMatch(/X-Api-Key was not sent on.*Authorization was not sent on/s)
  })

  test('are followed even where the body of the redirect is broken, with a warning', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/') response.writeHead(302, { Location: '/end', 'Content-Encoding': 'gzip' }).end('not gzip')
      else response.end('arrived')
    })
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 } })
    expect(exchange.warnings).toEqual([expect.stringContaining('cannot be decoded')])
  })
})
