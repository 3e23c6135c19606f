import { describe, expect, test } from 'vitest'
import { isImportName, looksLikeCollection, looksLikeCommand } from '../../../../src-renderer/lib/looks-like-import.ts'

describe('a text pasted into the address', () => {
  test.each([
    'curl https://a.test/',
    '$ curl -X POST https://a.test/ \\\n  -d a=1',
    'C:\\Users\\me> curl.exe "https://a.test"',
    'cat body.json | curl -d @- https://a.test',
    'wget --post-data=a https://a.test/',
    'Invoke-WebRequest -UseBasicParsing -Uri "https://a.test/" `\n-Method "POST"',
    '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "x"\nInvoke-WebRequest -Uri "https://a.test/"',
    'PS C:\\> irm https://a.test/users',
    '$answer = Invoke-RestMethod https://a.test/users',
    '(iwr https://a.test/users).Content',
    'http POST a.test/users name=Ann',
    'https a.test/users',
    'http :8080/get',
    'fetch("https://a.test/", { method: "POST" })',
    'const answer = await fetch(`https://a.test`)',
    'POST /users HTTP/1.1\nHost: a.test',
    'GET https://a.test/users',
    'POST {{host}}/users\nAccept: */*\n\n{}',
    '@host = https://a.test\n\n###\nGET {{host}}/users',
    '### Users\n# @name users\nDELETE https://a.test/users/1',
    'import requests\nrequests.get("https://a.test")',
    'r = requests.post("https://a.test", json={})',
    'import request\nrequest.post("https://a.test")',
    '{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": []}',
    'openapi: 3.1.0\ninfo: {}',
  ])('is a command or code: %s', (text) => {
    expect(looksLikeCommand(text)).toBe(true)
  })

  test.each([
    'https://a.test/curl?fetch(',
    'a.test/users',
    '{{base_url}}/users',
    'http://a.test/\nhttp://b.test/',
    '"https://a.test/"',
    'curl',
    'https://a.test/?q=Invoke-WebRequest x',
    'a.test/irm x',
    'Invoke-WebRequest',
    'GET /users',
    'https://a.test/\nGET https://a.test/',
    '# a note',
    '',
    'https://a.test/requests.get(1)',
    '{"name": "Ann"}',
  ])('is none: %s', (text) => {
    expect(looksLikeCommand(text)).toBe(false)
  })
})

describe('a file dropped on the window', () => {
  test.each([
    ['login.bru', true],
    ['api.http', true],
    ['trace.har', true],
    ['Shop.postman_collection.json', true],
    ['photo.jpg', false],
    ['report.csv', false],
    ['openapi.yaml', null],
    ['data.json', null],
  ])('%s by its name: %s', (name, is) => {
    expect(isImportName(name)).toBe(is)
  })

  test.each([
    ['\uFEFF{"swagger": "2.0"}', true],
    ['{"_type":"export","__export_format":4}', true],
    ['{"log": {"version": "1.2", "creator": {}}}', true],
    ['meta {\n  name: a\n  type: http\n}', true],
    ['{"clientName": "Thunder Client"}', true],
    ['{"name": "Ann", "log": "x"}', false],
    ['curl https://a.test', false],
  ])('%s by its content: %s', (start, is) => {
    expect(looksLikeCollection(start)).toBe(is)
  })
})
