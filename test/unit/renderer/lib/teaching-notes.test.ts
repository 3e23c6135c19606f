import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { MANUAL_PAGES } from '../../../../src-renderer/features/manual/manual-files.ts'
import { sectionsOf } from '../../../../src-renderer/features/manual/manual-sections.ts'
import { answerNotes, notesOf, optionNotes, TEACHING_NOTES } from '../../../../src-renderer/lib/teaching-notes.ts'
import { TEACHING_PAGE, teachingWords } from '../../../../src-renderer/lib/teaching-words.ts'

const JSON_BODY = { kind: 'json', text: '{}', asTyped: false } as const
const row = (name: string, value: string, enabled = true) => ({ name, value, enabled })
const notes = (section: string, rest: Partial<RequestDocument>, sentTo: string | null = null) =>
  notesOf(section, { ...emptyRequest(), ...rest }, sentTo)

describe('teaching notes', () => {
  test('each lead to a heading of the manual that is there', () => {
    const page = MANUAL_PAGES.find(({ id }) => id === TEACHING_PAGE)
    const names = new Set(page && sectionsOf(page).map(({ name }) => name))

    expect(TEACHING_NOTES.filter((id) => !names.has(teachingWords(id).heading))).toEqual([])
  })

  test('an empty request has none', () => {
    for (const section of ['params', 'headers', 'body', 'auth', 'options']) expect(notes(section, {}, 'http://example.com/')).toEqual([])
  })

  test('a POST in the clear is told of, but not one to this machine, over TLS, or without a body', () => {
    const post = { method: 'POST', body: JSON_BODY }

    expect(notes('body', post, 'http://example.com/a')).toEqual(['postInClear'])
    for (const sentTo of ['https://example.com/', 'http://localhost:8000/', 'http://127.0.0.1/', 'http://[::1]/', null, 'http://'])
      expect(notes('body', post, sentTo), String(sentTo)).toEqual([])
    expect(notes('body', { method: 'POST' }, 'http://example.com/')).toEqual([])
  })

  test('a plus in the query is told of, in the path it is none', () => {
    expect(notes('params', { url: 'https://a.example/?q=a+b' })).toEqual(['plusInQuery'])
    for (const url of ['https://a.example/a+b', 'https://a.example/?q=a%2Bb', 'https://a.example/?q=a#a+b'])
      expect(notes('params', { url }), url).toEqual([])
    expect(notes('params', { url: 'https://a.example' }, `https://a.example/?${'a'.repeat(2100)}`)).toEqual(['longUrl'])
  })

  test('headers that are there anyway are told of, where they are sent', () => {
    const headers = [row('content-type', 'application/json'), row('Accept-Encoding', 'gzip')]

    expect(notes('headers', { headers, body: JSON_BODY })).toEqual(['contentTypeOfJson', 'acceptEncoding'])
    expect(notes('headers', { headers: headers.map((one) => ({ ...one, enabled: false })), body: JSON_BODY })).toEqual([])
    expect(notes('headers', { headers: [row('Content-Type', 'application/json; charset=utf-8')], body: JSON_BODY })).toEqual([])
  })

  test('a text without a charset is told of, and a download that took most of the time', () => {
    expect(
      ['text/html', 'Text/Plain; x=1', 'text/html; charset=utf-8', 'application/json'].filter((type) => answerNotes.guessedEncoding(type)),
    ).toEqual(['text/html', 'Text/Plain; x=1'])
    expect(answerNotes.elapsed({ download: 900, total: 1000 })).toBe(true)
    expect(answerNotes.elapsed({ download: 30, total: 40 })).toBe(false)
    expect(answerNotes.elapsed({ download: 300, total: 5000 })).toBe(false)
  })

  test('a part with JSON and no type is told of', () => {
    const part = (value: string, contentType: string) => ({
      body: { kind: 'multipart' as const, parts: [{ kind: 'text' as const, ...row('m', value), contentType, headers: [] }] },
    })

    expect(notes('body', part('{"a": 1}', ''))).toEqual(['jsonPart'])
    expect(notes('body', part('{"a": 1}', 'application/json'))).toEqual([])
    expect(notes('body', part('{a', ''))).toEqual([])
  })

  test('a password for a service that takes tokens alone is told of', () => {
    const auth = { kind: 'basic', username: 'a', password: 'b' } as const

    expect(notes('auth', { auth }, 'https://api.github.com/user')).toEqual(['noPasswords'])
    expect(notes('auth', { auth }, 'https://github.com.example/')).toEqual([])
  })

  test('options are told of where they do not mean what they seem to', () => {
    expect(optionNotes.readTimeout({ timeout: { read: 5 } })).toBe(true)
    expect(optionNotes.readTimeout({ timeout: { read: 5, total: 60 } })).toBe(false)
    expect(optionNotes.retriedStatuses({ retry: { total: 3 } })).toBe(true)
    expect(optionNotes.retriedStatuses({ retry: { total: 3, statusForcelist: [503] } })).toBe(false)
    expect(optionNotes.retriedStatuses({ retry: { total: 0 } })).toBe(false)
    expect(optionNotes.retriedPost({ retry: { total: 3, allowedMethods: null } })).toBe(true)
    expect(optionNotes.retriedPost({ retry: { total: 3 } })).toBe(false)
    for (const proxy of ['127.0.0.1:1080', 'http://127.0.0.1:1080']) expect(optionNotes.proxyScheme({ proxies: { all: proxy } })).toBe(true)
    for (const proxy of ['socks5://127.0.0.1:1080', 'http://p.example:3128', null, '{{proxy}}'])
      expect(optionNotes.proxyScheme({ proxies: { all: proxy } })).toBe(false)
  })
})
