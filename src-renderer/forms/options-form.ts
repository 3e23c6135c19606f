/**
 * The options that a form edits, whosever they are: a request's, a session's, an adapter's, those of a folder or a
 * collection. The parts of the form read this and know nothing else, so that there is one form for all of them.
 */
import { createContext, useContext } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Options } from '#contract/model/request.ts'
import type { TypedOption } from '../actions/typed.ts'
import type { TypedText } from '../stores/typed-store.ts'

/** An option as it holds where this form does not set it. */
export interface OuterOption {
  readonly key: keyof Options
  /** Of the option's own type. */
  readonly value: unknown
  readonly origin: Origin
}

export interface OptionsForm {
  /** What is edited, by its draft, and which part of it: what is kept beside the form goes by it. */
  readonly key: string
  /** Sort of thing; groups are open or folded for all of one sort. */
  readonly scope: 'request' | 'session' | 'adapter' | 'defaults' | 'settings'
  readonly options: Options
  /** @param field what is changed, such as `timeout.read`; equal names in a row make one undo step */
  readonly edit: (field: string, change: (options: Options) => Options) => void
  /** Problems of the options, `where.field` without the part that names the form. */
  readonly problems: readonly WireError[]
  /** Texts that make no value yet. */
  readonly typed: Readonly<Record<string, TypedText>>
  readonly keepTyped: (field: TypedOption, typed: TypedText | null) => void
  /** Whether redirects are followed where nothing says so. */
  readonly followsByDefault: boolean
  /** Groups are open until they are folded by hand. */
  readonly startsOpen?: boolean
  /** Options that are asked for; the others have no meaning here. */
  readonly offers: (key: keyof Options) => boolean
  /** Whether they are those of a layer around requests, rather than a request's own. */
  readonly isLayer: boolean
  /** What would hold here without these options: what the layers around say, the nearest first. */
  readonly outer: readonly OuterOption[]
}

const Form = createContext<OptionsForm | null>(null)

/** Gives the parts inside the options to edit. */
export const OptionsOf = Form.Provider

/** The options that the form around is for. */
export function useOptionsForm(): OptionsForm {
  const form = useContext(Form)
  if (form === null) throw new Error('A part of the options stands in no form.')
  return form
}

/**
 * What a choice is kept as: a request leaves unsaid what is so by default, unless something around it says otherwise; a
 * layer says what it was asked to say.
 */
export function saidAs<T>({ isLayer, outer }: OptionsForm, key: keyof Options, value: T, standard: T): T | undefined {
  const nearest = outer.find((one) => one.key === key)
  const isSoAnyway = value === standard && (nearest === undefined || nearest.value === standard)
  return !isLayer && isSoAnyway ? undefined : value
}

/** For `OptionsForm.offers` where there is no reason to leave one out. */
export function everyOption(): boolean {
  return true
}
