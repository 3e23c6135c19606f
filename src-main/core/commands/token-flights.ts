/**
 * Questions to authorization servers and sign-ins under way. Whoever wants the same token meanwhile waits for the one
 * that is under way; it ends when all who wait for it have given up.
 */
import type { Token } from '#contract/model/token.ts'
import { CoreError } from '../lib/core-error.ts'
import type { TokenWish } from './token-wish.ts'

/** What one who wants a token says and hears. */
type Passenger = Pick<TokenWish, 'signal' | 'onAuthorize' | 'onAsking' | 'onHop'>

export interface TokenFlights {
  /** What is under way by that key, else the work, begun. */
  readonly join: (key: string, wish: TokenWish, work: (own: TokenWish) => Promise<Token>) => Promise<Token>
  /** Puts an end to what is under way, and waits for that. */
  readonly stop: (key: string) => Promise<void>
}

interface Flight {
  readonly token: Promise<Token>
  readonly passengers: Set<Passenger>
  /** Where the user is to sign in, once that is known. */
  readonly url: () => string | null
  readonly signal: AbortSignal
  readonly stop: () => void
}

export function createTokenFlights(): TokenFlights {
  const flights = new Map<string, Flight>()
  const over = async (flight: Flight | undefined): Promise<void> => {
    await flight?.token.catch(() => undefined)
  }
  return {
    join: async (key, wish, work) => {
      // One that was given up may still hold the port that the next one needs.
      while (flights.get(key)?.signal.aborted) await over(flights.get(key))
      const running = flights.get(key)
      const flight = running ?? begin(wish, work)
      if (!running) {
        flights.set(key, flight)
        void over(flight).then(() => flights.delete(key))
      }
      return board(flight, wish)
    },
    stop: async (key) => {
      const running = flights.get(key)
      running?.stop()
      await over(running)
    },
  }
}

function begin(wish: TokenWish, work: (own: TokenWish) => Promise<Token>): Flight {
  const controller = new AbortController()
  const passengers = new Set<Passenger>([wish])
  let url: string | null = null
  const told = (tell: (each: Passenger) => void): void => passengers.forEach(tell)
  const token = work({
    ...wish,
    signal: controller.signal,
    onAuthorize: (at) => {
      url = at
      told((each) => each.onAuthorize(at))
    },
    // The hop is of the exchange that asked, unless that is over.
    onAsking: (at) => passengers.has(wish) && wish.onAsking(at),
    onHop: (hop) => passengers.has(wish) && wish.onHop(hop),
  })
  return { token, passengers, url: () => url, signal: controller.signal, stop: () => controller.abort() }
}

function board(flight: Flight, wish: Passenger): Promise<Token> {
  const { passengers, token } = flight
  const url = flight.url()
  if (!passengers.has(wish) && url !== null) wish.onAuthorize(url)
  passengers.add(wish)
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      passengers.delete(wish)
      // The last one out hears how it ended, once it has.
      if (passengers.size === 0) flight.stop()
      else reject(new CoreError('Cancelled', 'prepare', 'Signing in was cancelled.'))
    }
    if (wish.signal.aborted) leave()
    else wish.signal.addEventListener('abort', leave, { once: true })
    token.then(resolve, reject).finally(() => wish.signal.removeEventListener('abort', leave))
  })
}
