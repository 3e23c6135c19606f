/**
 * What the script of a hostile page does to a web host, run in the page. It knows the port, the paths, the names of the
 * built files and the content of an answer that the user got: all of that can be guessed or is public.
 */

export interface Target {
  /** Origin of the web host, or of whatever the script is tried on. */
  readonly origin: string
  /** Paths of a built script and a built style sheet. */
  readonly script: string
  readonly style: string
  /** Id of the body of an answer whose content the page knows: its hash. */
  readonly bodyId: string
}

/** Every way of reaching for the target, by name: `got` where something came of it, or what the page saw instead. */
export async function attack({ origin, script, style, bodyId }: Target): Promise<Readonly<Record<string, string>>> {
  const socketOrigin = origin.replace('http', 'ws')
  const body = `${origin}/body/${bodyId}`
  const guess = `${origin}/?token=${'A'.repeat(43)}`
  const seen = (work: Promise<string>): Promise<string> => work.catch((error: unknown) => (error instanceof Error ? error.name : 'error'))

  const fetched = (url: string, init: RequestInit = {}): Promise<string> =>
    seen(
      fetch(url, { credentials: 'include', ...init }).then((answer) =>
        answer.ok || answer.type === 'opaque' ? 'got' : `${answer.status}`,
      ),
    )
  const asked = (method: string, url: string): Promise<string> =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest()
      request.withCredentials = true
      request.onload = () => resolve(request.status < 300 ? 'got' : String(request.status))
      request.onerror = () => resolve('error')
      request.open(method, url)
      request.send(method === 'POST' ? 'from a hostile page' : null)
    })
  const loaded = (tag: string, attributes: Record<string, string>): Promise<string> =>
    new Promise((resolve) => {
      const element = document.createElement(tag)
      for (const event of ['load', 'loadedmetadata']) element.addEventListener(event, () => resolve('got'))
      element.addEventListener('error', () => resolve('error'))
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
      document.body.append(element)
    })
  const opened = (socket: WebSocket | EventSource): Promise<string> =>
    new Promise((resolve) => {
      socket.onopen = () => resolve('got')
      socket.onerror = () => resolve('error')
    }).then((what) => (socket.close(), String(what)))
  /** What is in a frame, this page cannot see: whether anything is, the test looks itself. */
  const framed = (name: string, src = 'about:blank'): Promise<string> => {
    const frame = document.createElement('iframe')
    Object.assign(frame, { name, src })
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', () => resolve('framed')))
  }
  const posted = (action: string, enctype: string): Promise<string> => {
    const name = `form-${Math.random()}`
    const done = framed(name)
    const form = document.createElement('form')
    Object.assign(form, { action, enctype, method: 'post', target: name })
    const field = document.createElement('input')
    Object.assign(field, { name: 'name', value: 'from a hostile page' })
    form.append(field)
    document.body.append(form)
    form.submit()
    return done
  }
  const shown = (src: string): Promise<string> => framed('frame', src)

  const upload = `${origin}/upload?name=hostile.txt`
  const outcomes: Record<string, Promise<string>> = {
    'fetch of the page': fetched(`${origin}/`),
    'fetch of the page, answer unread': fetched(`${origin}/`, { mode: 'no-cors' }),
    'fetch with a guessed token': fetched(guess),
    'fetch of a body': fetched(body),
    'fetch that uploads': fetched(upload, { method: 'POST', body: 'x' }),
    'fetch that uploads, answer unread': fetched(upload, { method: 'POST', body: 'x', mode: 'no-cors' }),
    'fetch that outlives the page': fetched(upload, { method: 'POST', body: 'x', mode: 'no-cors', keepalive: true }),
    'fetch that uploads as the window does': fetched(upload, { method: 'POST', body: 'x', headers: { 'x-posthaste': '1' } }),
    'fetch of a ticket': fetched(`${origin}/ticket`, { method: 'POST', headers: { authorization: 'Bearer guessed' } }),
    'XMLHttpRequest of the page': asked('GET', `${origin}/`),
    'XMLHttpRequest that uploads': asked('POST', upload),
    'WebSocket of the window': opened(new WebSocket(`${socketOrigin}/ws?client=window-1`)),
    'WebSocket elsewhere': opened(new WebSocket(`${socketOrigin}/`)),
    EventSource: opened(new EventSource(`${origin}/`, { withCredentials: true })),
    'script element': loaded('script', { src: origin + script }),
    'module script': loaded('script', { src: origin + script, type: 'module', crossorigin: 'use-credentials' }),
    'style sheet': loaded('link', { rel: 'stylesheet', href: origin + style }),
    'picture of the page': loaded('img', { src: `${origin}/favicon.svg` }),
    'picture that the user got': loaded('img', { src: `${body}?type=image/svg%2Bxml` }),
    'object that the user got': loaded('object', { data: `${body}?type=image/svg%2Bxml`, type: 'image/svg+xml' }),
    'form, as a form': posted(upload, 'application/x-www-form-urlencoded'),
    'form, as text': posted(upload, 'text/plain'),
    'form, of a file': posted(upload, 'multipart/form-data'),
    'form for a ticket': posted(`${origin}/ticket`, 'text/plain'),
    'frame of the page': shown(`${origin}/`),
    'frame with a guessed token': shown(guess),
    'frame of what the user got': shown(`${body}?type=text/html`),
  }
  const entries = await Promise.all(Object.entries(outcomes).map(async ([name, outcome]) => [name, await outcome] as const))
  return Object.fromEntries(entries)
}

/** How many windows `openWindows` opens. */
export const WINDOWS = 3

/** Opens windows of the target, and holds on to them as well as it can. */
export function openWindows({ origin, bodyId }: Target): void {
  const paths = ['/', `/?token=${'A'.repeat(43)}`, `/body/${bodyId}?type=image/svg%2Bxml`]
  Object.assign(window, { opened: paths.map((path) => open(origin + path)) })
}

/** How many of them it still has a hold of: one that let go of its opener looks closed. */
export function countHeldWindows(): number {
  const { opened } = window as { readonly opened?: readonly (Window | null)[] }
  return (opened ?? []).filter((each) => each?.closed === false).length
}
