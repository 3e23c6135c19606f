type Built = { readonly type: 'chunk'; code: string } | { readonly type: 'asset' }

export function asciiChunks(): { name: string; generateBundle: (options: unknown, bundle: Readonly<Record<string, Built>>) => void }
export function inAscii(code: string): string
