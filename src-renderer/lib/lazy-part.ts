/**
 * Parts of the window that are fetched when they are first shown. A host that is away for a moment is waited for: without
 * this, a part that was asked for just then would be broken until the window is loaded anew.
 */
import { createContext, createElement, startTransition, use, useEffect, useState, type ComponentType, type ReactNode } from 'react'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000
/** Some three minutes. Names of files change with a version: what is of another one will never be there. */
const TRIES = 40
/** As Chromium, Firefox and Safari say that a module could not be fetched. */
const NOT_FETCHED = /dynamically imported module|importing a module script failed/i

type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>

const Place = createContext<ReactNode>(null)

/**
 * What stands in the place of parts until they are there. It is not React's `Suspense`: that keeps each of its stand-ins for 300 ms
 * at least, and once more for each that stands in another.
 */
export function Awaiting({ fallback, children }: { readonly fallback: ReactNode; readonly children: ReactNode }) {
  return createElement(Place, { value: fallback }, children)
}

/** A part that is fetched when it is shown. One that cannot be fetched breaks where it is shown, and is asked for by the next who shows it. */
export function lazyPart<P extends object>(load: Load<P>): ComponentType<P> {
  return partOf(fetchedOnce(load))
}

/** The same for what is wanted at once when it is wanted, such as by a key: fetched while nothing else goes on. */
export function nearPart<P extends object>(load: Load<P>): ComponentType<P> {
  const file = fetchedOnce(load)
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void file.fetch().catch(() => undefined)) // whoever shows it asks again
  return partOf(file)
}

/** The same for what the window begins with: fetched from now on. */
export function firstPart<P extends object>(load: Load<P>): ComponentType<P> {
  const file = fetchedOnce(load)
  file.fetch().catch(() => undefined) // whoever shows it asks again
  return partOf(file)
}

interface File<P> {
  readonly there: () => ComponentType<P> | null
  readonly fetch: () => Promise<ComponentType<P>>
}

function fetchedOnce<P>(load: Load<P>): File<P> {
  let there: ComponentType<P> | null = null
  let fetching: Promise<ComponentType<P>> | null = null
  const fetchNow = async (): Promise<ComponentType<P>> => {
    try {
      return (there = (await fetched(load)).default)
    } finally {
      fetching = null
    }
  }
  return { there: () => there, fetch: () => (fetching ??= fetchNow()) }
}

function partOf<P extends object>({ there, fetch }: File<P>): ComponentType<P> {
  return function Part(props: P) {
    const [part, setPart] = useState(there)
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null)
    const standIn = use(Place)
    if (part === null) fetch().catch(() => undefined) // asked for while the rest is drawn; the effect has what comes of it
    useEffect(() => {
      if (part !== null) return
      let isShown = true
      fetch().then(
        (loaded) => isShown && startTransition(() => setPart(() => loaded)),
        (error: unknown) => isShown && setFailure({ error }),
      )
      return () => {
        isShown = false
      }
    }, [part])
    if (failure) throw failure.error
    if (part !== null) return createElement(Place, { value: null }, createElement(part, props))
    return standIn
  }
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
