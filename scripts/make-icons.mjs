// Makes the icons of the packages from the one drawing, assets/public/favicon.svg, into assets/packaging/icons: PNGs for Linux,
// an .ico for Windows, an .icns for macOS. Run it when the drawing changes; what it makes is kept with the sources, so that
// packing needs no browser. `made-from.txt` holds the digest of the drawing, which a test compares.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { ensureChromium } from './find-chromium.mjs'
import { at } from './lib/project.mjs'

const DRAWING = at('assets', 'public', 'favicon.svg')
const FOLDER = at('assets', 'packaging', 'icons')
const LINUX = [16, 32, 48, 64, 128, 256, 512, 1024]
const WINDOWS = [16, 24, 32, 48, 64, 128, 256]
/** Apple's names of the sizes: those for dense screens hold twice the pixels. */
const APPLE = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }
/** On macOS an icon leaves air around it: 824 of 1024 pixels are drawn on. */
const APPLE_SHARE = 824 / 1024

const svg = readFileSync(DRAWING)
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] })
const page = await browser.newPage()

mkdirSync(`${FOLDER}/set`, { recursive: true })
for (const size of LINUX) writeFileSync(`${FOLDER}/set/${size}x${size}.png`, await draw(size))
const windows = []
for (const size of WINDOWS) windows.push({ size, png: await draw(size) })
writeFileSync(`${FOLDER}/icon.ico`, ico(windows))
const apple = []
for (const [type, size] of Object.entries(APPLE)) apple.push({ type, png: await draw(size, APPLE_SHARE) })
writeFileSync(`${FOLDER}/icon.icns`, icns(apple))
writeFileSync(`${FOLDER}/made-from.txt`, `${createHash('sha256').update(svg).digest('hex')}\n`)
await browser.close()

async function draw(size, share = 1) {
  const side = Math.round(size * share)
  const source = `data:image/svg+xml;base64,${svg.toString('base64')}`
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh"><img src="${source}" width="${side}" height="${side}">`,
  )
  return page.screenshot({ omitBackground: true })
}

/** A table of sizes, then the pictures, which may be PNGs since Windows Vista. */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** Each part: its type, its length with these eight bytes, the picture. */
function icns(parts) {
  const all = parts.flatMap(({ type, png }) => [headOf(type, png.length), png])
  return Buffer.concat([headOf('icns', Buffer.concat(all).length), ...all])
}

function headOf(type, length) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(length + 8, 4)
  return head
}
