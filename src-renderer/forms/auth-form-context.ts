/** The credentials that a form edits, whosever they are: a request's, a session's, those of a folder or a collection. */
import { createContext, useContext, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Auth } from '#contract/model/request.ts'

export interface AuthFormValue {
  readonly auth: Auth
  /** Keeps its identity. @param field what is changed, such as `token`; equal names in a row make one undo step */
  readonly edit: (field: string, change: (auth: Auth) => Auth) => void
  readonly problems: readonly WireError[]
  /** Whose secrets a typed password can be kept with; null: there is none. */
  readonly collectionId: CollectionId | null
  /** What `none` and `inherit` mean here. */
  readonly words: { readonly none: string; readonly inherit: string }
  /** The token that settings of OAuth 2.0 lead to. */
  readonly token: ReactNode
}

const Form = createContext<AuthFormValue | null>(null)

/** Gives the parts inside the credentials to edit. */
export const AuthOf = Form.Provider

/** The credentials that the form around is for. */
export function useAuthForm(): AuthFormValue {
  const form = useContext(Form)
  if (form === null) throw new Error('A part of the credentials stands in no form.')
  return form
}
