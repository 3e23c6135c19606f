/** The icons of the packages are those of the drawing as it is now, in the sizes that systems ask for. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..', '..')
const ICONS = join(ROOT, 'assets', 'packaging', 'icons')
const PNG = '89504e470d0a1a0a'

/** Width and height of a PNG. */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.toString('hex', 0, 8)).toBe(PNG)
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

test('the icons were made from the drawing as it is (`node scripts/make-icons.mjs` makes them)', () => {
  const drawing = readFileSync(join(ROOT, 'assets/public/favicon.svg'))

  expect(readFileSync(join(ICONS, 'made-from.txt'), 'utf8').trim()).toBe(createHash('sha256').update(drawing).digest('hex'))
})

test('for Linux there is a picture of each size', () => {
  const names = readdirSync(join(ICONS, 'set'))

  expect(names).toEqual(expect.arrayContaining(['16x16.png', '48x48.png', '256x256.png', '512x512.png']))
  for (const name of names) {
    const size = Number(name.split('x')[0])
    expect(sizeOf(readFileSync(join(ICONS, 'set', name))), name).toEqual([size, size])
  }
})

test('for Windows there is one file with sizes up to 256', () => {
  const file = readFileSync(join(ICONS, 'icon.ico'))
  const sizes = Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const [width] = sizeOf(file.subarray(file.readUInt32LE(at + 12), file.readUInt32LE(at + 12) + file.readUInt32LE(at + 8)))
    expect(file[at] || 256).toBe(width)
    return width
  })

  expect(sizes).toEqual(expect.arrayContaining([16, 32, 48, 256]))
})

test('for macOS there is one file with sizes up to 1024', () => {
  const file = readFileSync(join(ICONS, 'icon.icns'))
  const sizes: number[] = []
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) sizes.push(sizeOf(file.subarray(at + 8))[0])

  expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length])
  expect(sizes).toEqual(expect.arrayContaining([32, 128, 256, 512, 1024]))
})
