/** Gives a text that the window holds to the user as a file, as downloads are given. */

/** How long the address of what was handed over is kept, in milliseconds: its download has begun by then. */
const KEPT_MS = 60_000

/** Hands over a file; the host asks where it goes, or puts it where downloads go. */
export function handOver(name: string, content: Blob | string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The address keeps the text in memory.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
