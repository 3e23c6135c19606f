/** Requests in folders as they go from one format to another: what importers make, and what exporters are given. */
import type { HeaderList } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults } from '#contract/model/session.ts'

export type TreeItem = TreeRequest | TreeFolder

export interface TreeRequest {
  readonly kind: 'request'
  /** Its scripts, assertions and docs are in it. */
  readonly document: RequestDocument
  readonly examples: readonly TreeExample[]
}

export interface TreeFolder {
  readonly kind: 'folder'
  readonly name: string
  readonly docs: string
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly items: readonly TreeItem[]
  /** Of an import: values of its own secret variables, by name; those that are missing are looked for in the import's. */
  readonly secrets?: Readonly<Record<string, string>>
}

/** A saved answer, with the request that it was to. */
export interface TreeExample {
  readonly name: string
  readonly description: string
  readonly method: string
  readonly url: string
  readonly requestHeaders: HeaderList
  /** Null: none, or not known. */
  readonly requestBody: string | null
  /** Null: not known. */
  readonly status: number | null
  readonly statusText: string
  readonly headers: HeaderList
  readonly body: string
}
