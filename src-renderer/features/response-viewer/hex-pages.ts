/**
 * The bytes of a body page by page, as they are looked at: also of one that is on its way, where a page that was read before all of
 * it was there is read again.
 */
import type { BodyId } from '#contract/model/ids.ts'
import { readBytes } from '../../actions/bodies.ts'
import { PageCache } from './page-cache.ts'

export const PAGE_BYTES = 65_536
const PAGES_KEPT = 32

export class HexPages {
  readonly cache: PageCache<Uint8Array>
  #bodyId: BodyId
  #bytes = 0
  /** How many bytes the body had when a page was asked for. */
  readonly #askedAt = new Map<number, number>()

  constructor(bodyId: BodyId) {
    this.#bodyId = bodyId
    this.cache = new PageCache<Uint8Array>({ pages: Infinity, kept: PAGES_KEPT, read: (page, signal) => this.#read(page, signal) })
  }

  /** The body has another id once it is whole; what was read of it stays. */
  goOnAs(bodyId: BodyId): void {
    this.#bodyId = bodyId
  }

  /** Says which pages are on the screen of a body that has so many bytes by now. */
  want(first: number, last: number, bytes: number): void {
    this.#bytes = bytes
    const to = Math.min(last, Math.ceil(bytes / PAGE_BYTES) - 1)
    for (let page = first; page <= to; page += 1) {
      const has = this.cache.page(page)?.length ?? PAGE_BYTES
      const isShort = has < Math.min(PAGE_BYTES, bytes - page * PAGE_BYTES)
      if (isShort && (this.#askedAt.get(page) ?? 0) < bytes) this.cache.reload(page)
    }
    this.cache.want(first, to)
  }

  async #read(page: number, signal: AbortSignal): Promise<Uint8Array | null> {
    this.#askedAt.set(page, this.#bytes)
    const read = await readBytes(this.#bodyId, page * PAGE_BYTES, PAGE_BYTES, signal)
    return read.ok ? read.value.bytes : null
  }
}
