/**
 * Where the window stood, kept in the data folder. A place that no screen shows any more, because a monitor was taken
 * away, is given up; a file that cannot be read means the default.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'

const WindowPlaceSchema = z.object({
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(1).max(20_000),
  height: z.number().int().min(1).max(20_000),
  maximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof WindowPlaceSchema>

export const MINIMUM_SIZE = { width: 720, height: 480 } as const
const DEFAULT_PLACE: WindowPlace = { x: null, y: null, width: 1280, height: 800, maximized: false }
/** This much of the window's top must be on a screen, or it could not be taken hold of. In pixels. */
const GRIP = { width: 120, height: 40 } as const
const SAVE_AFTER_MS = 500

function fileOf(dataDir: string): string {
  return join(dataDir, 'window-place.json')
}

/** The place to open the window at, made to fit the screens there are. */
export function readWindowPlace(dataDir: string, workAreas: readonly Rectangle[]): WindowPlace {
  return fitToScreens(readFile(fileOf(dataDir)), workAreas)
}

function readFile(path: string): WindowPlace {
  try {
    return WindowPlaceSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return DEFAULT_PLACE
  }
}

/** Keeps the size within the largest screen, and the position only where the window can be taken hold of. */
export function fitToScreens(place: WindowPlace, workAreas: readonly Rectangle[]): WindowPlace {
  const widest = Math.max(MINIMUM_SIZE.width, ...workAreas.map((area) => area.width))
  const highest = Math.max(MINIMUM_SIZE.height, ...workAreas.map((area) => area.height))
  const width = Math.min(Math.max(place.width, MINIMUM_SIZE.width), widest)
  const height = Math.min(Math.max(place.height, MINIMUM_SIZE.height), highest)
  const { x, y } = place
  const isReachable = x !== null && y !== null && workAreas.some((area) => canBeGrabbed({ x, y, width, height }, area))
  return { ...place, width, height, x: isReachable ? x : null, y: isReachable ? y : null }
}

function canBeGrabbed(window: Rectangle, area: Rectangle): boolean {
  const shownWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return shownWidth >= GRIP.width && window.y >= area.y && window.y + GRIP.height <= area.y + area.height
}

/**
 * Writes the window's place after each change, and at once when asked.
 *
 * @returns writes the last change now
 */
export function keepWindowPlace(window: BrowserWindow, dataDir: string, log: (line: string) => void): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let place = placeOf(window)
  const save = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    return writeFileAtomic(fileOf(dataDir), `${JSON.stringify(place)}\n`).catch((error: Error) =>
      log(`The window's place was not kept: ${error.message}`),
    )
  }
  const changed = (): void => {
    if (window.isMinimized() || window.isFullScreen()) return
    place = placeOf(window)
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SAVE_AFTER_MS)
  }
  window.on('resize', changed)
  window.on('move', changed)
  window.on('maximize', changed)
  window.on('unmaximize', changed)
  return save
}

/** The normal bounds are those to go back to from maximised. */
function placeOf(window: BrowserWindow): WindowPlace {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, maximized: window.isMaximized() }
}
