/**
 * An answer that goes on over several pages, each of which names the next in its `Link` header: all of them gone through,
 * and their bodies made into one.
 */
import { z } from 'zod'
import { ReceivedResponseSchema } from './exchange.ts'
import { BodyIdSchema, DraftIdSchema, ExchangeIdSchema } from './ids.ts'

/** Pages that may be asked for at once. */
export const MOST_PAGES = 1000

const PagesIdSchema = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/)

/** One page. Pages after the first are exchanges like any other, each with its entry in the history. */
export const PageSchema = z.object({
  url: z.string(),
  status: z.number().int(),
  bodyBytes: z.number(),
  /** Null for the page that was there before. */
  exchangeId: ExchangeIdSchema.nullable(),
  /** Milliseconds. */
  totalMs: z.number().nullable(),
})
export type Page = z.infer<typeof PageSchema>

/** Why no further page was asked for. */
export const PagesEndSchema = z.object({
  /**
   * `last`: there is none; `limit`: that was as many as were asked for; `stopped`: by a person; `loop`: the next one was
   * there before, or is the same as the one before it; `elsewhere`: it is at another origin, which the request's credentials
   * are not for; `failed`: it could not be had.
   */
  kind: z.enum(['last', 'limit', 'stopped', 'loop', 'elsewhere', 'failed']),
  /** In words. */
  message: z.string(),
})
export type PagesEnd = z.infer<typeof PagesEndSchema>

/** The bodies of all pages as one. */
export const MergedPagesSchema = z.object({
  /** `lists`: the items of all their lists in one; `values`: a list of what each page is; `texts`: one after the other. */
  kind: z.enum(['lists', 'values', 'texts']),
  bodyId: BodyIdSchema,
  bodyBytes: z.number(),
  contentType: z.string(),
  encoding: z.string(),
  /** Of `lists`: how many there are in all. */
  items: z.number().int().nullable(),
})
export type MergedPages = z.infer<typeof MergedPagesSchema>

export const PagesSchema = z.object({
  pages: z.array(PageSchema),
  end: PagesEndSchema,
  /** Null where the bodies are of no kind that can be put together. */
  merged: MergedPagesSchema.nullable(),
})
export type Pages = z.infer<typeof PagesSchema>

/** What `pages.collect` takes besides the request. */
export const PAGES_ASKED = {
  /** Made by the caller: by it progress is told, and it is stopped. */
  pagesId: PagesIdSchema,
  draftId: DraftIdSchema.nullable(),
  /** The page that is there already. */
  first: ReceivedResponseSchema,
  /** How many in all, the first among them. */
  limit: z.number().int().min(2).max(MOST_PAGES),
}

/** Ends after the page before the one under way; `pages.collect` then answers with what has come. */
export const PAGES_STOP = { input: z.object({ pagesId: PagesIdSchema }), output: z.object({}) }

/** A page has come. */
export const PagesProgressSchema = z.object({ pagesId: PagesIdSchema, page: PageSchema, number: z.number().int() })
