import { describe, expect, test } from 'vitest'
import { browserObstacle } from '../../../../src-main/hosts/web/open-browser.ts'

describe('browserObstacle', () => {
  test.each([
    ['linux', {}, false, false, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, false, false, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false, false, null],
    ['linux', { DISPLAY: ':0' }, true, true, 'this is a container, running as root'],
    ['linux', { DISPLAY: ':0' }, true, false, null],
    ['darwin', {}, false, false, null],
    ['win32', {}, false, false, null],
  ] as const)('on %s with %j, root %s, container %s: %s', (platform, env, isRoot, isContainer, obstacle) => {
    expect(browserObstacle(platform, env, isRoot, isContainer)).toBe(obstacle)
  })
})
