/**
 * Parts of the window that are fetched when they are first shown. A host that is away for a moment is waited for: without
 * this, a part that was asked for just then would be broken until the window is loaded anew.
 */
import { lazy } from 'react'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000
/** Some three minutes. Names of files change with a version: what is of another one will never be there. */
const TRIES = 40
/** As Chromium, Firefox and Safari say that a module could not be fetched. */
const NOT_FETCHED = /dynamically imported module|importing a module script failed/i

/** As React's `lazy`. */
export const lazyPart: typeof lazy = (load) => lazy(() => fetched(load))

/**
 * The same for what is wanted at once when it is wanted, such as by a key: fetched while nothing else goes on. React leaves
 * nothing in the place of a part that it has to wait for, for 300 ms at least; of one that is there it draws the part.
 */
export const nearPart: typeof lazy = (load) => {
  let there: Awaited<ReturnType<typeof load>> | null = null
  if ('requestIdleCallback' in globalThis)
    requestIdleCallback(() => {
      load().then(
        (part) => (there = part),
        () => undefined, // whoever shows the part asks again
      )
    })
  return lazy(() => (there === null ? fetched(load) : atOnce(there)))
}

/** Tells what it has in the moment it is asked, which no promise does. All that `lazy` asks of one is its `then`. */
function atOnce<T>(value: T): Promise<T> {
  const told = { then: (onValue: (value: T) => void) => onValue(value) }
  return told as unknown as Promise<T> // see above
}

/** What is imported, however often it takes. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load()
    } catch (error) {
      if (tries === TRIES || !(error instanceof Error) || !NOT_FETCHED.test(error.message)) throw error
      await waited(tries)
    }
  }
}

/** Waits until a file of the window is among what the browser keeps, from where it then comes whatever becomes of the host. */
export async function whenFetched(url: string): Promise<void> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    if (await isFetched(url)) return
    await waited(tries)
  }
}

async function isFetched(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).blob()
    return true
  } catch {
    return false
  }
}

/** The bundler asks for the style sheets of a part once, and gives the part up with one of them. */
export function watchStyles(): void {
  addEventListener('vite:preloadError', (event) => {
    const error: unknown = 'payload' in event ? event.payload : null
    const href = error instanceof Error ? /^Unable to preload CSS for (\S+)$/.exec(error.message)?.[1] : undefined
    if (href === undefined) return
    event.preventDefault()
    void styled(href)
  })
}

async function styled(href: string): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await waited(tries)
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
    const isThere = await new Promise<boolean>((resolve) => {
      link.onload = () => resolve(true)
      link.onerror = () => resolve(false)
      document.head.append(link)
    })
    if (isThere) return
    link.remove()
  }
}

function waited(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS)))
}
