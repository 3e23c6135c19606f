import { describe, expect, test } from 'vitest'
import { bodyLanguage } from '../../../../src-main/core/bodies/body-language.ts'

const language = (contentType: string, start: string, complete = true): string => {
  const found = bodyLanguage(contentType, Buffer.from(start), complete)
  return found.layout === null || found.layout === found.language ? found.language : `${found.language} (${found.layout})`
}

describe('bodyLanguage', () => {
  test.each([
    ['application/json', 'json'],
    ['APPLICATION/Problem+JSON; charset=utf-8', 'json'],
    ['application/x-ndjson', 'json'],
    ['application/xml', 'xml'],
    ['image/svg+xml', 'xml'],
    ['text/html; charset=utf-8', 'html'],
    ['application/xhtml+xml', 'html'],
    ['text/css', 'css'],
    ['application/x-javascript', 'javascript'],
    ['application/x-www-form-urlencoded', 'plaintext (form)'],
    ['application/yaml', 'yaml'],
    ['text/x-yaml', 'yaml'],
    ['application/vnd.oai.openapi+yaml', 'yaml'],
    ['text/markdown', 'markdown'],
    ['text/csv', 'plaintext'],
    ['text/constructor', 'plaintext'],
    ['image/png', 'plaintext'],
    ['', 'plaintext'],
  ])('takes %s for %s where the bytes say nothing', (contentType, expected) => {
    expect(language(contentType, 'a: 1')).toBe(expected)
  })

  test.each(['', 'text/plain', 'text/plain; charset=utf-8', 'application/octet-stream', 'text/html', 'nonsense'])(
    'sees JSON under %j',
    (contentType) => {
      expect(language(contentType, ' {"a": [1, 2]}\n')).toBe('json')
      expect(language(contentType, '[{"a": 1}, {"a"', false)).toBe('json')
    },
  )

  test.each([
    ['[2024-01-01] started', true],
    ['{{template}}', true],
    ['{"a": 1', true],
    ['[1, 2', true],
    ['"just a string"', true],
    ['12', true],
  ])('does not take %j for JSON', (text, complete) => {
    expect(language('text/plain', text, complete)).toBe('plaintext')
  })

  test.each([
    ['<?xml version="1.0"?><a/>', 'xml'],
    ['  <!DOCTYPE html><p>', 'html'],
    ['<html lang="en"><p>', 'html'],
    ['<!-- hello -->\n<!doctype html>', 'html'],
    ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>', 'html'],
  ])('sees what %s is without a type', (text, expected) => {
    expect(language('', text)).toBe(expected)
    expect(language('text/plain', text)).toBe(expected)
  })

  test('believes the bytes of an error page that calls itself JSON', () => {
    expect(language('application/json', '<!DOCTYPE html><title>502</title>')).toBe('html')
    expect(language('application/json', '<?xml version="1.0"?><Error/>')).toBe('xml')
    expect(language('application/xml', '{"error": 1}')).toBe('json')
  })

  test('does not take YAML or Markdown that begins like JSON away from its type', () => {
    expect(language('application/yaml', '{"a": 1}')).toBe('yaml')
    expect(language('text/markdown', '[1]')).toBe('markdown')
  })
})
