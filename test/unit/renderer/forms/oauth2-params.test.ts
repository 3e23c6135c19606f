import { describe, expect, test } from 'vitest'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import { paramValue, withParamValue } from '../../../../src-renderer/forms/oauth2-params.ts'

function credentials(tokenParams: OAuth2Auth['tokenParams']): OAuth2Auth {
  const empty = emptyAuth('oauth2')
  if (empty.kind !== 'oauth2') throw new Error('The defaults are of another kind.')
  return { ...empty, tokenParams }
}
const row = (name: string, value: string, enabled = true): OAuth2Auth['tokenParams'][number] => ({
  name,
  value,
  enabled,
  placement: 'query',
})

describe('a parameter with a field of its own', () => {
  test('is added to the form, changed where it stands, and goes where it is emptied', () => {
    const added = withParamValue(credentials([row('a', '1')]), 'audience', 'x')
    const changed = withParamValue(credentials([row('audience', 'x'), row('a', '1')]), 'audience', 'y')
    const gone = withParamValue(credentials([row('audience', 'x'), row('a', '1')]), 'audience', '')

    expect(added.tokenParams).toEqual([row('a', '1'), { name: 'audience', value: 'x', enabled: true, placement: 'body' }])
    expect(changed.tokenParams).toEqual([row('audience', 'y'), row('a', '1')])
    expect(gone.tokenParams).toEqual([row('a', '1')])
  })

  test('one that is off is another one', () => {
    const auth = credentials([row('audience', 'off', false)])

    expect(paramValue(auth, 'audience')).toBe('')
    expect(withParamValue(auth, 'audience', '')).toBe(auth)
    expect(withParamValue(auth, 'audience', 'on').tokenParams).toHaveLength(2)
  })
})
