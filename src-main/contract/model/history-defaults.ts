/** How much history is kept where the settings say nothing. Apart from the schema, so that the window needs no parser for it. */
interface HistoryDefaults {
  readonly enabled: boolean
  readonly maxAgeDays: number | null
  readonly maxEntries: number | null
  readonly maxBytes: number | null
}

export const HISTORY_DEFAULTS: HistoryDefaults = { enabled: true, maxAgeDays: 90, maxEntries: 100_000, maxBytes: 4 * 1024 ** 3 }
