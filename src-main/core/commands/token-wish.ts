/** What somebody who wants a token says, and hears on the way to it. */
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { Hop } from '#contract/model/exchange.ts'
import type { AskingRequest } from './token-request.ts'

export interface TokenWish extends AskingRequest {
  /** References filled in. */
  readonly auth: OAuth2Auth
  /** Told of the address at which the user has to sign in. */
  readonly onAuthorize: (url: string) => void
  /** Told of every question to the server that was answered, secrets left out. */
  readonly onHop: (hop: Hop) => void
  /** Told of the address before it is asked. */
  readonly onAsking: (url: string) => void
  /** Told of what is odd and did no harm. */
  readonly onWarning: (message: string) => void
}
