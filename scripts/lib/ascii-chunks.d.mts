export function asciiChunks(): { name: string; renderChunk: (code: string) => { code: string; map: null } }
export function inAscii(code: string): string
