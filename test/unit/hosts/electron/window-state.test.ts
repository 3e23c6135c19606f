import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { asBrowserWindow, makeWindow, onStandIn } from '../../../support/electron-stand-in-load.ts'

const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 }
const RIGHT_SCREEN = { x: 1920, y: 0, width: 1280, height: 984 }
const PLACE = { x: 50, y: 40, width: 1000, height: 700, maximized: false }

async function load() {
  const { electron, module } = await onStandIn(() => import('../../../../src-main/hosts/electron/window-state.ts'))
  const dataDir = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  return { electron, dataDir, ...module }
}

describe('fitToScreens', () => {
  test.each([
    ['keeps a window that can be reached', PLACE, [SCREEN], PLACE],
    ['keeps one on the second screen', { ...PLACE, x: 2000 }, [SCREEN, RIGHT_SCREEN], { ...PLACE, x: 2000 }],
    ['gives up the place where that screen is gone', { ...PLACE, x: 2000 }, [SCREEN], { ...PLACE, x: null, y: null }],
    ['gives up a place with the title bar above the screen', { ...PLACE, y: -200 }, [SCREEN], { ...PLACE, x: null, y: null }],
    ['gives up a place of which only a sliver shows', { ...PLACE, x: -950 }, [SCREEN], { ...PLACE, x: null, y: null }],
    ['shrinks to the largest screen', { ...PLACE, width: 5000, height: 3000 }, [SCREEN], { ...PLACE, width: 1920, height: 1040 }],
    ['is never too small to use', { ...PLACE, width: 10, height: 10 }, [SCREEN], { ...PLACE, width: 720, height: 480 }],
  ])('%s', async (_name, place, screens, fitted) => {
    const { fitToScreens } = await load()

    expect(fitToScreens(place, screens)).toEqual(fitted)
  })
})

describe('the file', () => {
  test.each([['not JSON'], ['{"x":"left"}'], ['[]']])('that holds %j means the default place', async (content) => {
    const { dataDir, readWindowPlace } = await load()
    await writeFile(join(dataDir, 'window-place.json'), content)

    expect(readWindowPlace(dataDir, [SCREEN])).toEqual({ x: null, y: null, width: 1280, height: 800, maximized: false })
  })

  test('brings back where the window stood last', async () => {
    const { electron, dataDir, keepWindowPlace, readWindowPlace } = await load()
    const window = makeWindow(electron)
    const save = keepWindowPlace(asBrowserWindow(window), dataDir, () => undefined)

    window.moveTo({ x: 300, y: 200, width: 900, height: 600 })
    window.maximize()
    await save()

    expect(readWindowPlace(dataDir, [SCREEN])).toEqual({ x: 300, y: 200, width: 900, height: 600, maximized: true })
  })

  test('is written by itself after a change', async () => {
    const { electron, dataDir, keepWindowPlace } = await load()
    const window = makeWindow(electron)
    keepWindowPlace(asBrowserWindow(window), dataDir, () => undefined)

    window.moveTo({ x: 7, y: 8, width: 900, height: 600 })

    await vi.waitFor(
      async () => expect(JSON.parse(await readFile(join(dataDir, 'window-place.json'), 'utf8'))).toMatchObject({ x: 7, y: 8 }),
      5000,
    )
  })

  test('does not take a minimised window for its place', async () => {
    const { electron, dataDir, keepWindowPlace, readWindowPlace } = await load()
    const window = makeWindow(electron)
    const save = keepWindowPlace(asBrowserWindow(window), dataDir, () => undefined)

    window.minimized = true
    window.moveTo({ x: 900, y: 900, width: 800, height: 500 })
    await save()

    expect(readWindowPlace(dataDir, [SCREEN])).toMatchObject({ x: 100, y: 100, width: 1280 })
  })

  test('that cannot be written is logged and no more', async () => {
    const { electron, dataDir, keepWindowPlace } = await load()
    const logged: string[] = []
    const save = keepWindowPlace(asBrowserWindow(makeWindow(electron)), join(dataDir, 'missing'), (line) => logged.push(line))

    await save()

    expect(logged).toEqual([expect.stringMatching(/^The window's place was not kept: ENOENT/)])
  })
})
