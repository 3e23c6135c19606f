export function builtinsUnwrapped(): { name: string; renderChunk: (code: string) => { code: string; map: null } }
export function unwrapped(code: string): string
