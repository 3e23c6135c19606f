/** Where code is to write its answer: a file of its own, which is never one that the request sends. */
import { basename } from 'node:path'
import type { Body } from '#contract/model/request.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { Placeholders } from './placeholders.ts'

/** Bytes that code takes from the connection at a time. */
export const CHUNK_BYTES = 1024 * 1024

const UNNAMED = 'response.bin'
const LONGEST = 100

/**
 * The file's name after the last segment of the URL's path; `response.bin` where that says nothing, or is a secret. The
 * server's own proposal (Content-Disposition) is not heeded: what a server says would name files of this machine.
 */
export function answerFileName(
  { url, method, isSocket }: Pick<PreparedRequest, 'url' | 'method' | 'isSocket'>,
  body: Body,
  { isIn }: Placeholders,
): string | null {
  if (method === 'HEAD' || isSocket) return null
  const path = url.href.slice(0, url.href.length - url.fragment.length).replace(/^[^/]*\/\/[^/?]*|\?.*$/g, '')
  const segment = path.slice(path.lastIndexOf('/') + 1)
  const name = isIn(segment) ? '' : cleaned(decoded(segment))
  const own = name === '' ? UNNAMED : name
  return filesOf(body).some((sent) => basename(sent.replaceAll('\\', '/')) === own) ? `response-${own}` : own
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function cleaned(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
    .slice(-LONGEST)
}

function filesOf(body: Body): string[] {
  if (body.kind === 'file') return [body.path]
  return body.kind === 'multipart' ? body.parts.flatMap((part) => (part.kind === 'file' ? part.files : [])) : []
}
