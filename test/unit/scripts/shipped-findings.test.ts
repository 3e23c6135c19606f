import { expect, test } from 'vitest'
import { shippedFindings } from '../../../scripts/lib/shipped-findings.mjs'

const bill = {
  components: [
    { name: 'ws', version: '8.0.0' },
    { name: '@scope/inner', version: '2.0.0' },
  ],
}
const lock = {
  packages: {
    'node_modules/ws': { version: '8.0.0' },
    'node_modules/vitest': { version: '1.0.0' },
    'node_modules/vitest/node_modules/ws': { version: '7.0.0' },
    'node_modules/a/node_modules/@scope/inner': { version: '2.0.0' },
  },
}
const finding = (
  name: string,
  ...nodes: string[]
): { name: string; severity: string; nodes: string[]; via: { title: string; url: string }[] } => ({
  name,
  severity: 'high',
  nodes,
  via: [{ title: `${name} is broken`, url: 'https://x.test/1' }],
})

test('findings count where that very version is in the bundle, wherever it is installed', () => {
  const vulnerabilities = {
    ws: finding('ws', 'node_modules/ws'),
    inner: finding('@scope/inner', 'node_modules/a/node_modules/@scope/inner'),
    vitest: finding('vitest', 'node_modules/vitest'),
  }

  expect(shippedFindings({ vulnerabilities }, lock, bill)).toEqual([
    { name: 'ws', severity: 'high', titles: ['ws is broken (https://x.test/1)'] },
    { name: '@scope/inner', severity: 'high', titles: ['@scope/inner is broken (https://x.test/1)'] },
  ])
})

test('another version, which only tests use, does not count', () => {
  const vulnerabilities = { ws: finding('ws', 'node_modules/vitest/node_modules/ws') }

  expect(shippedFindings({ vulnerabilities }, lock, bill)).toEqual([])
})
