/** How to send: timeouts, redirects and verification, checked and with their defaults. */
import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { DEFAULT_MAX_REDIRECTS, DEFAULT_TIMEOUT_SECONDS } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { encodingName } from '../lib/encoding-names.ts'
import { systemCode } from '../lib/core-error.ts'
import type { Policy } from './prepared-request.ts'
import type { Problems } from './problems.ts'

/** Longest time a timer of Node can run, in seconds. */
const MAX_TIMEOUT_SECONDS = 2_147_483

/** The policy of a request's options; values that make no sense become problems beside their field. */
export async function policyOf(options: Options, baseDir: string | null, problems: Problems): Promise<Policy> {
  const timeout = options.timeout ?? {}
  const ms = (field: 'connect' | 'read' | 'total'): number | null => {
    const seconds = timeout[field] === undefined ? DEFAULT_TIMEOUT_SECONDS[field] : timeout[field]
    if (seconds === null) return null
    if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return Math.max(1, Math.round(seconds * 1000))
    problems.add(
      'InvalidOption',
      { section: 'options', field: `timeout.${field}` },
      `The ${field} timeout is ${seconds} s; it must be more than 0.`,
      'Give seconds, or choose no limit.',
    )
    return null
  }
  return {
    timeouts: { connect: ms('connect'), read: ms('read'), total: ms('total') },
    followRedirects: options.followRedirects ?? true,
    maxRedirects: maxRedirects(options.maxRedirects, problems),
    isLenient: options.lenient ?? false,
    encoding: responseEncoding(options.encoding, problems),
    verify: await verification(options.verify, baseDir, problems),
  }
}

function responseEncoding(label: string | undefined, problems: Problems): string | null {
  if (label === undefined || label.trim() === '') return null
  const name = encodingName(label)
  if (name === null) {
    problems.add(
      'InvalidOption',
      { section: 'options', field: 'encoding' },
      `There is no text encoding named “${label.slice(0, 60)}”.`,
      'Choose one such as utf-8, windows-1252 or shift_jis, or leave it empty to find it out.',
    )
  }
  return name
}

function maxRedirects(value: number | undefined, problems: Problems): number {
  const limit = value ?? DEFAULT_MAX_REDIRECTS
  if (limit >= 0) return limit
  problems.add('InvalidOption', { section: 'options', field: 'maxRedirects' }, 'The maximum of redirects cannot be less than 0.')
  return 0
}

/** An empty path means the default, never "do not verify": only an explicit false does. */
async function verification(verify: Options['verify'], baseDir: string | null, problems: Problems): Promise<Policy['verify']> {
  if (verify === undefined || verify === '' || typeof verify === 'boolean') return verify === false ? false : true
  const where = { section: 'options', field: 'verify' } as const
  if (!isAbsolute(verify) && baseDir === null) {
    problems.add(
      'FileNotFound',
      where,
      `"${verify}" is a relative path, and this request is in no collection yet.`,
      'Save the request first, or give the whole path.',
    )
    return true
  }
  const path = resolve(baseDir ?? '/', verify)
  try {
    return { ca: await readFile(path, 'utf8'), path }
  } catch (error) {
    const code = systemCode(error)
    const why = code === 'ENOENT' ? 'is not there' : code === 'EISDIR' ? 'is a folder' : 'could not be read'
    problems.add('FileNotFound', where, `The CA file ${why}: ${path}.`, 'Choose a file of certificates in PEM form.')
    return true
  }
}
