export declare function textsOfWindow(): { readonly marked: ReadonlyMap<string, readonly string[]>; readonly unmarked: readonly string[] }
