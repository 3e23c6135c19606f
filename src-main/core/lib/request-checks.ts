/** What a request asks of its answer, as documents of other programs carry it along for Posthaste. */
import { z } from 'zod'
import { AssertionSchema } from '#contract/model/assertion.ts'
import { CaptureSchema } from '#contract/model/capture.ts'
import type { RequestDocument } from '#contract/model/request.ts'

/** Of an operation of OpenAPI. */
export const CHECKS_EXTENSION = 'x-posthaste-checks'

export const RequestChecksSchema = z.object({
  raiseForStatus: z.boolean(),
  assertions: z.array(AssertionSchema),
  captures: z.array(CaptureSchema),
})
export type RequestChecks = z.infer<typeof RequestChecksSchema>

/** Fields of the request that has them. */
export function checkFields({
  assertions,
  captures,
  raiseForStatus,
}: RequestChecks): Pick<RequestDocument, 'assertions' | 'captures' | 'raiseForStatus'> {
  return {
    ...(assertions.length > 0 && { assertions }),
    ...(captures.length > 0 && { captures }),
    ...(raiseForStatus && { raiseForStatus: true as const }),
  }
}
