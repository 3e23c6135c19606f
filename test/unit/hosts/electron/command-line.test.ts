import { describe, expect, test } from 'vitest'
import { onStandIn } from '../../../support/electron-stand-in-load.ts'

const { commandLineArguments } = (await onStandIn(() => import('../../../../src-main/hosts/electron/command-line.ts'))).module

describe('commandLineArguments', () => {
  test('are what comes after the first double dash, whatever it looks like', () => {
    expect(commandLineArguments(['/app', '--cli', '--', 'send', 'a.yml', '--json'])).toEqual(['send', 'a.yml', '--json'])
    expect(commandLineArguments(['/app', '--cli', '--', 'send', '--', '-'])).toEqual(['send', '--', '-'])
    expect(commandLineArguments(['/app', '--no-sandbox', '--cli', '--'])).toEqual([])
  })

  test('are none where a window is to be opened', () => {
    for (const argv of [
      ['/app'],
      ['/app', 'a.http'],
      ['/app', '--cli'],
      ['/app', '--', '--cli'],
      ['/app', 'posthaste://import', '--', '--cli'],
    ]) {
      expect(commandLineArguments(argv), argv.join(' ')).toBeNull()
    }
  })
})
