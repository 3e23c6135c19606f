export declare function textsOfCore(): { readonly sentences: ReadonlySet<string>; readonly all: ReadonlySet<string> }
