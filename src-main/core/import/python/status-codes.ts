/** The names that requests has for statuses, `requests.codes.ok` and such, and those of `http.HTTPStatus`. */
import { STATUS_CODES } from 'node:http'

const SHORT: Readonly<Record<string, number>> = {
  ok: 200,
  okay: 200,
  all_ok: 200,
  teapot: 418,
  im_a_teapot: 418,
  rate_limited: 429,
  too_many: 429,
  server_error: 500,
  moved: 301,
  bad: 400,
  unprocessable: 422,
  unprocessable_entity: 422,
  temporary_redirect: 307,
  unavailable: 503,
}

export function statusOf(name: string): number | null {
  const plain = name.toLowerCase()
  if (Object.hasOwn(SHORT, plain)) return SHORT[plain] ?? null
  const found = Object.entries(STATUS_CODES).find(([, words]) => words?.toLowerCase().replaceAll(/[^a-z]+/g, '_') === plain)
  return found ? Number(found[0]) : null
}
