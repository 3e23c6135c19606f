/** Files of many kinds and encodings for a server to serve, each as the programs that make such files write it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { deflateSync, gzipSync, crc32 } from 'node:zlib'
import iconv from 'iconv-lite'

/** Served with these types by {@link ANSWER_TYPES}. */
const TYPES: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'text/plain': 'txt',
  'text/xml': 'xml',
  'text/javascript': 'js',
  'application/yaml': 'yaml',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
  'font/woff2': 'woff2',
  'audio/wav': 'wav',
  'application/octet-stream': 'bin',
}

/** For the server block of nginx: the types above, and neither type nor charset that nobody asked for. */
export const ANSWER_TYPES = `types { ${Object.entries(TYPES)
  .map(([type, ending]) => `${type} ${ending};`)
  .join(' ')} } default_type "";`

const CHINESE = '春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。'
const JAPANESE = '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。'
const RUSSIAN = 'Широка страна моя родная, много в ней лесов, полей и рек.'

/** The texts that are looked for again once they have been through an encoding. */
export const WORDS = { chinese: CHINESE, japanese: JAPANESE, russian: RUSSIAN, german: 'Käthe grüßt Österreich' } as const

const people = JSON.stringify({ people: [{ name: WORDS.german, id: 12345678901234567890n.toString() }], big: 0 }).replace(
  '"12345678901234567890"',
  '12345678901234567890',
)

const encoded = (text: string, encoding: string, addBOM = false): Buffer => iconv.encode(text, encoding, { addBOM })

/** Name of each file and its bytes. */
async function answerFiles(): Promise<Readonly<Record<string, Buffer>>> {
  const font = await readFile(
    resolve(import.meta.dirname, '../../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  )
  return {
    'people.json': Buffer.from(people),
    'people-utf16.json': encoded(people, 'utf-16le'),
    'people-utf32.json': encoded(people, 'utf-32be'),
    'people.ndjson': Buffer.from(`{"name":"${WORDS.german}"}\n{"name":"b"}\r\n[1,2]\n`),
    'books.xml': Buffer.from(`<?xml version="1.0"?><books><book id="1"><title>${WORDS.german}</title></book><book id="2"/></books>`),
    'books-cp1251.xml': encoded(`<?xml version="1.0" encoding="windows-1251"?><a><b>${RUSSIAN}</b></a>`, 'windows-1251'),
    'books-utf16.xml': encoded(`<?xml version="1.0" encoding="UTF-16"?><a><b>${CHINESE}</b></a>`, 'utf-16be', true),
    'meta.html': encoded(
      `<!doctype html><html><head><meta charset="gbk"><title>x</title></head><body><p>${CHINESE}</p></body></html>`,
      'gbk',
    ),
    'meta-http-equiv.html': encoded(
      `<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></head><body><p>${JAPANESE}</p></body></html>`,
      'shift_jis',
    ),
    'style.css': encoded(`@charset "windows-1252";a:before{content:"${WORDS.german}"}b{color:red}`, 'windows-1252'),
    'script.js': Buffer.from(`function f(a){if(a){return "${WORDS.german}"}}`),
    'settings.yaml': Buffer.from(`name:   ${WORDS.german}\nlist: [a,   b]\n`),
    'table.csv': Buffer.from(`name;town\r\n"Müller; Anna";Zürich\r\nBo;Oslo\r\n`),
    'table-cp1252.csv': encoded('name,town\r\nMüller,Zürich\r\nJürgen,Köln\r\nBjörn,Malmö\r\nZoë,Besançon\r\n', 'windows-1252'),
    'table.tsv': Buffer.from('a\tb\n1\t2\n'),
    'gbk.txt': encoded(CHINESE.repeat(6), 'gbk'),
    'shift_jis.txt': encoded(JAPANESE.repeat(6), 'shift_jis'),
    'euc-jp.txt': encoded(JAPANESE, 'euc-jp'),
    'koi8-r.txt': encoded(RUSSIAN, 'koi8-r'),
    'utf8-bom.txt': encoded(WORDS.german, 'utf-8', true),
    'utf16le-bom.txt': encoded(CHINESE, 'utf-16le', true),
    'utf16be.txt': encoded(WORDS.german.repeat(3), 'utf-16be'),
    'utf32le-bom.txt': encoded(JAPANESE, 'utf-32le', true),
    'plain.json.txt': Buffer.from(people),
    'lie.json': Buffer.from('<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>'),
    'lie.png': Buffer.from('{"error":"no such picture"}'),
    'lie.txt': png(),
    // Without an ending that the server knows, so without a Content-Type.
    untyped: Buffer.from(people),
    'untyped-wide': encoded(people, 'utf-16le'),
    'untyped-page': Buffer.from('<!doctype html><p>hello'),
    'untyped-picture': png(),
    'pixel.png': png(),
    'pixel.gif': Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
    'drawing.svg': Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'),
    'paper.pdf': pdf(),
    'inter.woff2': font,
    'beep.wav': wav(),
    'noise.bin': Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 37) % 256)),
  }
}

/** Writes every file into a folder, and `packed.json.gz` for a server that serves what is packed already. */
export async function writeAnswerFiles(folder: string): Promise<Readonly<Record<string, Buffer>>> {
  await mkdir(folder, { recursive: true })
  const files = await answerFiles()
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  const packed = Buffer.from(JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id, name: WORDS.german }))))
  await writeFile(join(folder, 'packed.json.gz'), gzipSync(packed))
  await writeFile(join(folder, 'squeezed.json'), packed)
  return { ...files, 'packed.json': packed, 'squeezed.json': packed }
}

/** One grey pixel. */
function png(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from([0, 128]))), chunk('IEND', Buffer.alloc(0))])
}

/** An empty page. */
function pdf(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 4\n0000000000 65535 f \n${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A tenth of a second of 440 Hz, 8 bits, 8 kHz. */
function wav(): Buffer {
  const data = Buffer.from(Array.from({ length: 800 }, (_, at) => 128 + Math.round(60 * Math.sin((at * 440 * 2 * Math.PI) / 8000))))
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}
