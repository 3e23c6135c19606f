/** A browser's storage, in memory. */
export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>()
  /** Room for so many characters in all. */
  room = Number.POSITIVE_INFINITY;

  [name: string]: unknown

  get length(): number {
    return this.#items.size
  }

  clear(): void {
    this.#items.clear()
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }

  removeItem(key: string): void {
    this.#items.delete(key)
  }

  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException('There is no room.', 'QuotaExceededError')
    this.#items.set(key, value)
  }

  text(): string {
    return [...this.#items.values()].join('\n')
  }
}
