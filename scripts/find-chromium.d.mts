/** Absolute path of a browser that is already here, or null. */
export function findChromium(): string | null
