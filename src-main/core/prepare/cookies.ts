/** The request's own cookies, checked. They are sent as typed, unquoted, so what would break out is refused. */
import type { FieldRef } from '#contract/errors.ts'
import type { Row } from '#contract/model/request.ts'
import type { Problems } from './problems.ts'

/**
 * Enabled rows as pairs, those from around the request first; a name or value that would change the header's meaning is a problem beside its cell.
 */
export function ownCookies(
  own: readonly Row[],
  problems: Problems,
  inherited: readonly { readonly row: Row }[] = [],
): (readonly [name: string, value: string])[] {
  if (own.length === 0 && inherited.length === 0) return []
  const before = inherited.length
  return [...inherited.map(({ row }) => row), ...own].flatMap((row, place) => {
    const index = place - before
    if (!row.enabled || row.omit === true || (row.name === '' && row.value === '')) return []
    const at = (field: string): FieldRef => (index < 0 ? { section: 'cookies' } : { section: 'cookies', row: index, field })
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(row.name)) {
      problems.add(
        'InvalidHeader',
        at('name'),
        row.name === '' ? 'This cookie has a value but no name.' : `"${row.name}" cannot be the name of a cookie.`,
      )
      return []
    }
    const bad = [...row.value].find((char) => char === ';' || char < ' ' || char === '\x7f' || (char.codePointAt(0) ?? 0) > 0xff)
    if (bad !== undefined) {
      const shown =
        bad === ';'
          ? 'a semicolon, which would start another cookie'
          : bad < ' ' || bad === '\x7f'
            ? 'a control character'
            : `"${bad}", which no header can carry`
      problems.add(
        'InvalidHeader',
        at('value'),
        `The value of the cookie ${row.name} holds ${shown}.`,
        'Percent-encode it if the server expects that.',
      )
      return []
    }
    return [[row.name, row.value] as const]
  })
}
