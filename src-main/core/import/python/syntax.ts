/**
 * A Python script as plain data: what the parser's tree comes to, without its tokens. Whatever has no form of its own here is
 * `other`, with its place in the text, so that it can be kept as it stands.
 */

/** Offsets in the text that was parsed. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type Expression = Span &
  (
    | { readonly kind: 'none' | 'ellipsis' | 'other' }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly isBytes: boolean; readonly parts: readonly StringPart[] }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
    | { readonly kind: 'slice'; readonly object: Expression; readonly bounds: readonly (Expression | null)[] }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
    | Collection
    | { readonly kind: 'dict'; readonly entries: readonly Entry[] }
    | Comprehension
    | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
    | { readonly kind: 'lambda'; readonly params: readonly Param[]; readonly body: Expression }
    | { readonly kind: 'named'; readonly name: string; readonly value: Expression }
    | { readonly kind: 'await'; readonly operand: Expression }
  )

/** A stretch of a literal's text, or what stands in braces in an f-string. */
export type StringPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field'
      readonly value: Expression
      /** `r`, `s`, `a`, or empty. */
      readonly conversion: string
      readonly spec: readonly StringPart[]
      /** Of `{value=}`: the text that is put before the value. */
      readonly label: string
    }

export interface Collection {
  readonly kind: 'list' | 'tuple' | 'set'
  readonly items: readonly Item[]
}

export interface Item {
  readonly isSpread: boolean
  readonly value: Expression
}

/** `key: value`, or `**value` where the key is null. */
export interface Entry {
  readonly key: Expression | null
  readonly value: Expression
}

export interface Argument {
  readonly kind: 'plain' | 'spread' | 'spread-named' | 'named'
  /** Empty but for `named`. */
  readonly name: string
  readonly value: Expression
}

export interface Comprehension {
  readonly kind: 'comprehension'
  readonly shape: 'list' | 'set' | 'dict' | 'generator'
  readonly element: Expression
  /** Of a dict: the value behind the key. */
  readonly value: Expression | null
  readonly clauses: readonly Clause[]
}

export type Clause =
  { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression } | { readonly kind: 'if'; readonly test: Expression }

export interface Param {
  readonly name: string
  readonly kind: 'plain' | 'rest' | 'rest-named'
  readonly fallback: Expression | null
}

export interface Imported {
  /** Dotted. */
  readonly path: string
  /** The name that it has here; for `import a.b` without `as`, `a`. */
  readonly as: string
  /** `import a.b` binds `a`; `from a import b` and `import a.b as c` bind the whole path. */
  readonly binds: string
}

export interface Definition extends Span {
  readonly kind: 'def'
  readonly name: string
  readonly params: readonly Param[]
  readonly body: readonly Statement[]
  readonly decorators: readonly string[]
}

export interface ClassStatement extends Span {
  readonly kind: 'class'
  readonly name: string
  readonly bases: readonly Expression[]
  readonly body: readonly Statement[]
  readonly decorators: readonly string[]
}

export type Statement =
  | Definition
  | ClassStatement
  | (Span &
      (
        | { readonly kind: 'import'; readonly names: readonly Imported[] }
        | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression | null }
        | { readonly kind: 'update'; readonly target: Expression; readonly operator: string; readonly value: Expression }
        | { readonly kind: 'expression'; readonly value: Expression }
        | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Statement[] }
        | {
            readonly kind: 'for'
            readonly target: Expression
            readonly iterable: Expression
            readonly body: readonly Statement[]
            readonly otherwise: readonly Statement[]
          }
        | {
            readonly kind: 'while'
            readonly test: Expression
            readonly body: readonly Statement[]
            readonly otherwise: readonly Statement[]
          }
        | {
            readonly kind: 'try'
            readonly body: readonly Statement[]
            readonly handlers: readonly (readonly Statement[])[]
            readonly otherwise: readonly Statement[]
            readonly final: readonly Statement[]
          }
        | {
            readonly kind: 'with'
            readonly items: readonly { readonly value: Expression; readonly name: string | null }[]
            readonly body: readonly Statement[]
          }
        | { readonly kind: 'match'; readonly bodies: readonly (readonly Statement[])[] }
        | { readonly kind: 'return'; readonly value: Expression | null }
        | { readonly kind: 'delete'; readonly targets: readonly Expression[] }
        | { readonly kind: 'assert'; readonly test: Expression }
        | { readonly kind: 'scope'; readonly names: readonly string[] }
        | { readonly kind: 'print' | 'pass' | 'break' | 'continue' | 'raise' | 'other' }
      ))

export interface Branch {
  readonly test: Expression
  readonly body: readonly Statement[]
}
