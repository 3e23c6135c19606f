import { expect, test } from 'vitest'
import { createNotesHere } from '#core/import/collection-parts/notes-here.ts'
import { noteScripts } from '#core/import/collection-parts/note-scripts.ts'

function notesOf(code: string, type = 'tests'): string[] {
  const notes = createNotesHere()
  noteScripts([{ type, code }], notes)
  return notes.all().map(({ severity, message }) => `${severity}: ${message}`)
}

test.each([
  ['pm.test("a", () => pm.response.to.have.status(200))'],
  ['// CryptoJS.MD5("x")\nconst { createHmac } = require("crypto")'],
  ['const login = await pm.sendRequest("auth/login")'],
  ['tc.setVar("a", tc.response.json.a)\npw.env.set("b", 1)'],
])('%s finds all it asks for', (code) => {
  expect(notesOf(code)).toEqual([])
})

test.each([
  ['pm.sendRequest({ url: "https://x.test" }, () => {})', 'pm.sendRequest of what is no saved request'],
  ['pm.sendRequest("https://x.test/a")', 'pm.sendRequest of what is no saved request'],
  ['const h = CryptoJS.MD5(_.trim("x"))', 'CryptoJS, lodash (_)'],
  ["const faker = require('@faker-js/faker')", "require('@faker-js/faker')"],
])('%s is told of', (code, missing) => {
  expect(notesOf(code)).toEqual([`kept: Its script (tests) came over, and breaks where it uses what is not here: ${missing}.`])
})

test('a script of no known moment is not run', () => {
  expect(notesOf('x', 'beforeInvoke')).toEqual(['kept: Its script (beforeInvoke) was kept as text: it is not run.'])
})
