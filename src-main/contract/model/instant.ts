/** A moment in time as text. */
import { z } from 'zod'

/** ISO 8601, or whatever else a date is read from. */
export const InstantSchema = z
  .string()
  .max(100)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'it is no date')
