import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createOpenRequests, openedOf } from '../../../../src-main/hosts/electron/open-requests.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('openedOf', () => {
  test('takes files as they are named, by path or address', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'a b.http'), 'GET http://a.example/')
    const opened = { kind: 'file', path: join(dir, 'a b.http') }

    expect(openedOf('a b.http', dir)).toEqual(opened)
    expect(openedOf(join(dir, 'a b.http'), '/')).toEqual(opened)
    expect(openedOf(pathToFileURL(join(dir, 'a b.http')).href, '/')).toEqual(opened)
  })

  test('takes a folder for a collection, and the file of one for its folder', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'api'))
    await writeFile(join(dir, 'api', 'opencollection.yml'), 'opencollection: "1.0.0"\n')

    expect(openedOf('api', dir)).toEqual({ kind: 'collection', path: join(dir, 'api') })
    expect(openedOf('api/opencollection.yml', dir)).toEqual({ kind: 'collection', path: join(dir, 'api') })
  })

  test('takes the text of a link, and nothing else of it', () => {
    expect(openedOf('posthaste://import?text=curl%20-X%20POST%20a.example', '/')).toEqual({ kind: 'text', text: 'curl -X POST a.example' })
    for (const link of [
      'posthaste://import',
      'posthaste://import?text=%20',
      'posthaste://send?text=a',
      'posthaste:',
      `posthaste://import?text=${'a'.repeat(300_000)}`,
    ]) {
      expect(openedOf(link, '/'), link.slice(0, 40)).toBeNull()
    }
  })

  test('leaves switches and what is not there', () => {
    for (const argument of ['', '--data-dir=/tmp', '-psn_0_1', 'missing.http', 'file://%zz', 'https://a.example/x.har']) {
      expect(openedOf(argument, '/nowhere'), argument).toBeNull()
    }
  })
})

describe('createOpenRequests', () => {
  test('does not open the folder of the app itself', async () => {
    const dir = await tempDir()
    const requests = createOpenRequests({ ownFolder: dir })

    requests.add([dir, '.'], dir)

    expect(requests.take()).toEqual([])
  })
})
