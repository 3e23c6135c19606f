/** The timeouts that are set, in a line: `connect 5 s, read without limit`. */
import type { Options } from '#contract/model/request.ts'
import { listed } from './listed.ts'
import { t } from './t.ts'

const WORDS = { connect: t`connect`, read: t`read`, total: t`total` }

export function timeoutWords(timeout: NonNullable<Options['timeout']>): string {
  const names = ['connect', 'read', 'total'] as const
  return listed(
    names.flatMap((name) => {
      const seconds = timeout[name]
      return seconds === undefined ? [] : [`${WORDS[name]} ${seconds === null ? t`without limit` : `${seconds} s`}`]
    }),
  )
}
