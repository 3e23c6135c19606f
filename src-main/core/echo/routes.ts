/** Every route of the echo server, and how a request finds its own. */
import { DATA_ROUTES } from './routes-data.ts'
import { FORMAT_ROUTES } from './routes-formats.ts'
import { INSPECT_ROUTES } from './routes-inspect.ts'
import { SESSION_ROUTES } from './routes-session.ts'
import { STATUS_ROUTES } from './routes-status.ts'
import { UPLOAD_ROUTES } from './routes-upload.ts'
import { sendHtml, type Route } from './echo-call.ts'
import { indexPage } from './pages.ts'

export const ROUTES: readonly Route[] = [
  ...INSPECT_ROUTES,
  ...STATUS_ROUTES,
  ...SESSION_ROUTES,
  ...FORMAT_ROUTES,
  ...DATA_ROUTES,
  ...UPLOAD_ROUTES,
  { methods: ['GET'], path: '/', about: 'This page.', answer: (call) => sendHtml(call, indexPage(ROUTES, call.version)) },
]

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** There is such a path, for these methods only. */
  | { readonly kind: 'otherMethods'; readonly methods: readonly string[] }
  | { readonly kind: 'none' }

/** The route for a path; HEAD is answered where GET is. */
export function findRoute(method: string, path: string): Found {
  const wanted = method === 'HEAD' ? 'GET' : method
  const methods: string[] = []
  for (const route of ROUTES) {
    const params = match(route.path, path)
    if (!params) continue
    if (route.methods.length === 0 || route.methods.includes(wanted)) return { kind: 'route', route, params }
    methods.push(...route.methods)
  }
  return methods.length > 0 ? { kind: 'otherMethods', methods: [...new Set(methods)] } : { kind: 'none' }
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  const open = wanted.at(-1) === '*'
  if (open) wanted.pop()
  if (open ? given.length < wanted.length : given.length !== wanted.length) return null
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ''
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(value)
    else if (segment !== value) return null
  }
  return params
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // a per cent sign that escapes nothing stands for itself
  }
}
