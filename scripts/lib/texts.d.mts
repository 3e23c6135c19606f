export declare function textsOfWindow(): { readonly marked: ReadonlyMap<string, readonly string[]>; readonly unmarked: readonly string[] }
export declare function textsIn(
  file: string,
  code: string,
): { readonly marked: readonly string[]; readonly unmarked: readonly { readonly line: number; readonly text: string }[] }
