/** How the bodies of what is sent are kept where they hold the value of a secret variable. */
import type { BodyStore } from '../bodies/body-store.ts'
import type { Mask } from '../history/mask.ts'
import { maskedBody } from '../history/masked-body.ts'

/**
 * The store for one exchange: what is put there whole, and holds a secret, stays in memory, to be looked at while the app
 * runs. The history keeps copies without it. Answers are written as ever.
 */
export function holdingSecrets(bodies: BodyStore, mask: Mask | null): BodyStore {
  if (mask === null) return bodies
  const put: BodyStore['put'] = async (bytes) => (maskedBody(Buffer.from(bytes), mask) === null ? bodies.put(bytes) : bodies.hold(bytes))
  return { ...bodies, put }
}
