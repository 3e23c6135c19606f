import { describe, expect, test } from 'vitest'
import { pathOrHost, requestLabel } from '../../../../src-renderer/lib/request-label.ts'
import { requestNamed } from '../../../support/renderer-kit.ts'

describe('pathOrHost', () => {
  test.each([
    ['https://api.example.com/users/42?page=1#top', '/users/42'],
    ['{{base_url}}/users/:id', '/users/:id'],
    ['https://api.example.com', 'api.example.com'],
    ['https://me:secret@api.example.com:8080/', 'api.example.com:8080'],
    ['localhost:3000?q=/x', 'localhost:3000'],
    ['  {{url}} ', '{{url}}'],
    ['https://', ''],
    ['', ''],
  ])('of %j is %j', (url, expected) => {
    expect(pathOrHost(url)).toBe(expected)
  })
})

describe('requestLabel', () => {
  test('is method and place while nobody has named the request', () => {
    expect(requestLabel(requestNamed('Untitled request', { method: 'POST', url: 'http://h/users' }))).toBe('POST /users')
    expect(requestLabel(requestNamed('Untitled request', { url: 'ws://h/ws', body: { kind: 'websocket', messages: [] } }))).toBe('WS /ws')
    expect(requestLabel(requestNamed('Untitled request'))).toBe('Untitled request')
  })

  test('is the name it was given', () => {
    expect(requestLabel(requestNamed('Create user', { url: 'http://h/users' }))).toBe('Create user')
  })
})
