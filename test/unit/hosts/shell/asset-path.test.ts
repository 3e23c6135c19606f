import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assetOf } from '../../../../src-main/hosts/shell/asset-path.ts'

describe('assetOf', () => {
  test('names the page itself for the root', () => {
    expect(assetOf('/app/out/renderer', '/')?.path).toBe('/app/out/renderer/index.html')
  })

  test('decodes a name once', () => {
    expect(assetOf('/app/out/renderer', '/assets/a%20b.js')?.path).toBe('/app/out/renderer/assets/a b.js')
    expect(assetOf('/app/out/renderer', '/%252e%252e/x')?.path).toBe('/app/out/renderer/%2e%2e/x')
  })

  test.each([['/../x'], ['/%2e%2e/x'], ['/a/../../renderer-evil/x'], ['/..'], ['/a%00b'], ['/a%5cb'], ['/%ff'], ['x']])(
    'refuses %s',
    (pathname) => {
      expect(assetOf('/app/out/renderer', pathname)).toBeNull()
    },
  )

  test('never leads outside, whatever the path', () => {
    const piece = fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', '\\', 'a', '%00', '')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const asset = assetOf('/app/out/renderer', `/${pieces.join('')}`)
        if (asset) expect(asset.path).toMatch(/^\/app\/out\/renderer\/(?!(.*\/)?\.\.(\/|$))/)
      }),
    )
  })
})
