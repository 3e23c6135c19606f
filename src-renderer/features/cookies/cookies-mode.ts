import type { KeptCookie } from '#contract/model/cookie.ts'

/** What stands in the dialog; `edit` with null adds. */
export type CookiesMode =
  | { readonly kind: 'list' }
  | { readonly kind: 'edit'; readonly cookie: KeptCookie | null }
  | { readonly kind: 'import'; readonly text: string }
  | { readonly kind: 'clear' }
