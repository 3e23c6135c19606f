import { expect, test } from 'vitest'
import { partLabel } from '../../../../src-renderer/features/response-viewer/part-label.ts'

test.each([
  [[['Content-Disposition', 'form-data; name="photo"; filename="a \\"b.png"']], 'a "b.png'],
  [[['Content-Disposition', "attachment; filename=x; filename*=UTF-8''na%C3%AFve.txt"]], 'naïve.txt'],
  [[['content-disposition', 'form-data; name=field']], 'field'],
  [[['Content-Type', 'image/png; name="p.png"']], 'p.png'],
  [[['Content-Range', 'bytes 0-99/1000']], 'Bytes 0–99'],
  [[['Content-ID', '<a@b>']], '<a@b>'],
  [[['Content-Type', 'text/plain']], null],
  [[], null],
] as const)('%j is called %j', (headers, expected) => {
  expect(partLabel(headers)).toBe(expected)
})
