import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningServer } from './support/process.ts'
import { jsonOf, sendYaml } from './support/send-file.ts'
import { startFlaskUpload } from './support/servers.ts'

let flask: RunningServer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-flask-'))
  flask = await startFlaskUpload()
})
afterAll(async () => {
  await flask.stop()
  await rm(folder, { recursive: true })
})

describe('a Flask upload page', () => {
  test('gets every part with its own name, type and bytes', async () => {
    const photo = randomBytes(300_000)
    await writeFile(join(folder, 'photo.jpg'), photo)
    await writeFile(join(folder, 'empty.txt'), '')
    const sent = await sendYaml(
      folder,
      `http:
  method: POST
  url: ${flask.url}/upload
  body:
    type: multipart-form
    data:
      - { name: note, type: text, value: "two\\r\\nlines é" }
      - { name: photo, type: file, value: [ ./photo.jpg ], posthaste: { filename: "фото 1.jpg" } }
      - { name: files, type: file, value: [ ./photo.jpg, ./empty.txt ], contentType: application/x-thing }
`,
    )
    const sha256 = createHash('sha256').update(photo).digest('hex')

    expect(jsonOf(sent)).toMatchObject({
      form: [['note', 'two\r\nlines é']],
      files: [
        { name: 'photo', filename: 'фото 1.jpg', type: 'image/jpeg', bytes: 300_000, sha256 },
        { name: 'files', filename: 'photo.jpg', type: 'application/x-thing', bytes: 300_000, sha256 },
        { name: 'files', filename: 'empty.txt', type: 'application/x-thing', bytes: 0 },
      ],
    })
  })

  test('gets a large file body whole, with its length announced', async () => {
    const data = randomBytes(40 * 1024 * 1024)
    await writeFile(join(folder, 'data.bin'), data)
    const sent = await sendYaml(
      folder,
      `http:\n  method: PUT\n  url: ${flask.url}/raw\n  body:\n    type: file\n    data:\n      - { filePath: ./data.bin, contentType: application/x-data, selected: true }\n`,
    )

    expect(jsonOf(sent)).toEqual({
      bytes: data.length,
      length: data.length,
      sha256: createHash('sha256').update(data).digest('hex'),
      type: 'application/x-data',
    })
  })
})
