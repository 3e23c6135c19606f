import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { zipOf } from '../../../../src-renderer/lib/zip-of.ts'

const FILES = [
  { name: 'Log in.mjs', text: 'const a = 1\n' },
  { name: 'Люди/é 2.mjs', text: '日本 😀' },
  { name: 'empty.mjs', text: '' },
]

interface Read {
  readonly name: string
  readonly text: string
  readonly crc: number
}

/** Entries by the directory at the end, as every reader goes about it. */
function entriesOf(bytes: Buffer): Read[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const entries: Read[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [crc, size, length, local] = [16, 24, 28, 42].map((place) =>
      place === 28 ? bytes.readUInt16LE(at + place) : bytes.readUInt32LE(at + place),
    )
    const name = bytes.toString('utf8', at + 46, at + 46 + (length ?? 0))
    const start = (local ?? 0) + 30 + (length ?? 0)
    entries.push({ name, text: bytes.toString('utf8', start, start + (size ?? 0)), crc: crc ?? 0 })
    at += 46 + (length ?? 0)
  }
  return entries
}

test('an archive has every file, in its folder, with its checksum', async () => {
  const bytes = Buffer.from(await zipOf(FILES, new Date(2026, 0, 31, 23, 59, 58)).arrayBuffer())

  expect(entriesOf(bytes)).toEqual(FILES.map(({ name, text }) => ({ name, text, crc: crc32(text) })))
})
