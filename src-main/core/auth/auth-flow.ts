/** Which credentials answer a challenge, and with what. */
import type { Auth } from '#contract/model/request.ts'
import type { AuthFlow } from '../prepare/prepared-request.ts'
import { digestFlow } from './digest.ts'

/** A new flow for the credentials; null where they are sent without being asked for, or there are none. */
export function authFlow(auth: Auth): AuthFlow | null {
  if (auth.kind !== 'digest' || (auth.username === '' && auth.password === '')) return null
  return digestFlow(auth.username, auth.password)
}
