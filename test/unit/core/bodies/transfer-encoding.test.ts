import { describe, expect, test } from 'vitest'
import { undoTransferEncoding } from '../../../../src-main/core/bodies/transfer-encoding.ts'

function undone(name: string, text: string, step = text.length): string {
  const out: Buffer[] = []
  const stage = undoTransferEncoding(name, (bytes) => out.push(Buffer.from(bytes)))
  for (let at = 0; at < text.length; at += step) stage.write(Buffer.from(text.slice(at, at + step), 'latin1'))
  stage.end()
  return Buffer.concat(out).toString('latin1')
}

describe('undoTransferEncoding', () => {
  test.each([
    ['base64', 'aGVs\r\nbG8gd29y\r\nbGQ=\r\n', 'hello world'],
    ['BASE64', 'aGVsbG8', 'hello'],
    ['quoted-printable', 'caf=C3=A9=\r\n au lait \t\r\nx=3D1 =zz=', 'caf\xc3\xa9 au lait\r\nx=1 =zz='],
    ['8bit', 'a=3D', 'a=3D'],
    ['', 'a=3D', 'a=3D'],
  ])('%s', (name, text, expected) => {
    expect(undone(name, text)).toBe(expected)
    for (const step of [1, 2, 3, 5]) expect(undone(name, text, step)).toBe(expected)
  })
})
