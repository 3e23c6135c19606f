/** Which credentials sign a request or answer a challenge, and with what. */
import type { Auth } from '#contract/model/request.ts'
import type { PrepareContext } from '../prepare/prepare-request.ts'
import type { AuthFlow } from '../prepare/prepared-request.ts'
import { awsFlow } from './aws-signature.ts'
import type { DigestMemory } from './digest-memory.ts'
import { digestFlow } from './digest.ts'
import { oauth1Flow } from './oauth1.ts'
import { proxyAuthOf } from './proxy-auth.ts'
import { staticAuth, type StaticSurroundings } from './static-auth.ts'

interface AuthSurroundings {
  /** What proxies have asked for, whoever sends; absent: as `digest`. */
  readonly proxies?: DigestMemory
  readonly digest: DigestMemory
  /** Random text: the same one, the same nonce, so that the preview shows what is sent. */
  readonly seed: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** What the path of a key file is relative to; null where there is nothing. */
  readonly baseDir: string | null
}

/** A new flow for the credentials; null where they are headers like any other, or there are none. */
function authFlow(auth: Auth, around: AuthSurroundings): AuthFlow | null {
  switch (auth.kind) {
    case 'digest':
      return auth.username === '' && auth.password === '' ? null : digestFlow(auth, around.digest)
    case 'oauth1':
      return auth.consumerKey === '' && auth.accessToken === '' ? null : oauth1Flow(auth, around)
    case 'awsv4':
      return auth.accessKeyId === '' && auth.secretAccessKey === '' ? null : awsFlow(auth, around.now)
    default:
      return null
  }
}

/** What preparing a request needs of credentials. */
export function authContext(
  around: AuthSurroundings & Omit<StaticSurroundings, 'charset'>,
): Pick<PrepareContext, 'authParts' | 'authFlow' | 'proxyAuth'> {
  return {
    authParts: (auth, charset) => staticAuth(auth, { ...around, charset }),
    authFlow: (auth) => authFlow(auth, around),
    proxyAuth: (rules) => proxyAuthOf(rules, around.proxies ?? around.digest),
  }
}
