/** An exchange as a HAR text, as a command. */
import type { BodyStore } from '../bodies/body-store.ts'
import type { Handlers } from '../dispatch.ts'
import { harOf } from '../history/har.ts'

/** The handler of `exchange.har`. */
export function harHandlers(bodies: Pick<BodyStore, 'read' | 'stat' | 'put'>): Pick<Handlers, 'exchange.har'> {
  return {
    'exchange.har': async ({ exchange, secrets, reveal, keep }) => {
      const text = JSON.stringify(await harOf(exchange, bodies, { secrets: reveal ? null : secrets }), null, 2)
      return keep === true ? { text: '', bodyId: (await bodies.put(Buffer.from(text))).id } : { text }
    },
  }
}
