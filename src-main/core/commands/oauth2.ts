/** Tokens as commands, for the buttons of the Auth section. */
import { randomUUID } from 'node:crypto'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { Token } from '#contract/model/token.ts'
import type { ParsedInput } from '#contract/commands.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import { resolvedAuth, subjectFrom, type Surroundings } from './prepare-for.ts'
import type { TokenKeeper } from './token-keeper.ts'
import type { TokenWish } from './token-wish.ts'

type TokenCommand = `oauth2.${'status' | 'get' | 'finish' | 'refresh' | 'delete'}`
type Subject = ParsedInput<'oauth2.status'>

interface Attempt {
  readonly token: Promise<Token>
  readonly giveUp: () => void
}

export interface OAuth2Deps extends Surroundings {
  readonly tokens: TokenKeeper
  readonly rootOf: (id: NodeId) => string | null
}

export function oauth2Handlers(deps: OAuth2Deps): { readonly handlers: Pick<Handlers, TokenCommand>; readonly close: () => void } {
  const { tokens } = deps
  const attempts = new Map<string, Attempt>()
  const settledOf = async (input: Subject): Promise<Pick<TokenWish, 'options' | 'root'> & { readonly auth: OAuth2Auth }> => {
    const subject = subjectFrom(input, deps.rootOf)
    const { auth, options } = await resolvedAuth(subject, deps)
    if (auth.kind === 'oauth2') return { auth, options, root: subject.root }
    throw new CoreError('InvalidCall', 'call', 'The request has no OAuth 2.0 credentials.')
  }
  const authOf = async (subject: Subject): Promise<OAuth2Auth> => (await settledOf(subject)).auth
  const wishOf = async (subject: Subject, signal: AbortSignal): Promise<TokenWish> => ({
    ...(await settledOf(subject)),
    signal,
    onAuthorize: () => undefined,
    onHop: () => undefined,
    onAsking: () => undefined,
    onWarning: () => undefined,
  })

  return {
    handlers: {
      'oauth2.status': async (subject) => ({ token: await tokens.current(await authOf(subject)) }),
      'oauth2.get': async (subject, { signal }) => {
        const controller = new AbortController()
        signal.addEventListener('abort', () => controller.abort(), { once: true })
        const wish = await wishOf(subject, controller.signal)
        return new Promise((resolve, reject) => {
          const token = tokens.get({ ...wish, onAuthorize: (url) => resolve({ kind: 'authorize', url, attemptId: remember() }) })
          const remember = (): string => {
            const attemptId = randomUUID()
            attempts.set(attemptId, { token, giveUp: () => controller.abort() })
            return attemptId
          }
          token.then((got) => resolve({ kind: 'token', token: got }), reject)
        })
      },
      'oauth2.finish': async ({ attemptId }, { signal }) => {
        const attempt = attempts.get(attemptId)
        if (!attempt) throw new CoreError('NotFound', 'call', 'This sign-in is over.', { hint: 'Get a new token to begin another.' })
        if (signal.aborted) attempt.giveUp()
        signal.addEventListener('abort', attempt.giveUp, { once: true })
        try {
          return { token: await attempt.token }
        } finally {
          attempts.delete(attemptId)
        }
      },
      'oauth2.refresh': async (subject, { signal }) => ({ token: await tokens.refresh(await wishOf(subject, signal)) }),
      'oauth2.delete': async (subject) => {
        await tokens.remove(await authOf(subject))
        return { token: null }
      },
    },
    close: () => {
      for (const attempt of attempts.values()) attempt.giveUp()
    },
  }
}
