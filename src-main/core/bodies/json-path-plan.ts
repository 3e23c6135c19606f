/**
 * What of a JSONPath query (RFC 9535) can be followed while a text streams by, and why the rest cannot: names, indexes
 * from the start, wildcards, slices forwards, descendants, unions of them, and filters, which look at one value at a time.
 */
import { jsonpath, type JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3'
import { assertNever } from '#contract/result.ts'

type Segment = JSONPathQuery['segments'][number]
type Expression = InstanceType<typeof jsonpath.expressions.FilterExpression>

export type Selector =
  /** `quoted`: the name as it stands in a text where nothing in it is escaped. */
  | { readonly kind: 'name'; readonly name: string; readonly quoted: Buffer }
  | { readonly kind: 'wildcard' }
  /** Index `start` and every `step`th behind it, as long as it is below `stop`. */
  | { readonly kind: 'slice'; readonly start: number; readonly stop: number; readonly step: number }
  | Filter

export interface Filter {
  readonly kind: 'filter'
  readonly accepts: (value: JSONValue, key: string | number, numberAt: NumberAt) => boolean
  /** What it says of any value of a type, where it does not look into such; null where it has to be asked. */
  readonly verdicts: { readonly list: boolean | null; readonly object: boolean | null; readonly scalar: boolean | null }
  /** Names of the only members that it looks at in an object; null where it may look at any. */
  readonly members: ReadonlySet<string> | null
}

/** The digits of a number at a place in the value that is filtered, where they are known. */
export type NumberAt = (location: readonly (string | number)[]) => string | null

export interface Step {
  /** Applies to a value and all that is below it. */
  readonly descends: boolean
  readonly selectors: readonly Selector[]
  readonly segment: Segment
}

export interface PathPlan {
  readonly kind: 'plan'
  readonly steps: readonly Step[]
  /** Whether the order of matches may differ from that of the text. */
  readonly isReordered: boolean
}

/** `position`: index in the expression. */
export interface PlanProblem {
  readonly kind: 'refused'
  readonly message: string
  readonly position: number
}

/** @throws {JSONPathError} where the expression is no JSONPath */
export function planPath(environment: JSONPathEnvironment, expression: string): PathPlan | PlanProblem {
  const { segments } = environment.compile(expression)
  const steps: Step[] = []
  for (const segment of segments) {
    const descends = !isChildStep(segment)
    const selectors: Selector[] = []
    for (const selector of segment.selectors) {
      const planned = planSelector(environment, selector)
      if (typeof planned === 'string') return { kind: 'refused', message: planned, position: selector.token.index }
      selectors.push(planned)
    }
    steps.push({ descends, selectors, segment })
  }
  return { kind: 'plan', steps, isReordered: steps.some(({ descends, selectors }) => descends || selectors.length > 1) }
}

const FROM_THE_END = 'counts from the end of a list, which is known only once all of it has gone by'

function planSelector(environment: JSONPathEnvironment, selector: Segment['selectors'][number]): Selector | string {
  const { NameSelector, IndexSelector, SliceSelector, WildcardSelector, FilterSelector } = jsonpath.selectors
  if (selector instanceof NameSelector) return { kind: 'name', name: selector.name, quoted: Buffer.from(`"${selector.name}"`, 'utf8') }
  if (selector instanceof WildcardSelector) return { kind: 'wildcard' }
  if (selector instanceof IndexSelector) {
    const { index } = selector
    return index < 0 ? `[${index}] ${FROM_THE_END}` : { kind: 'slice', start: index, stop: index + 1, step: 1 }
  }
  if (selector instanceof SliceSelector) {
    const { start = 0, stop = Infinity, step = 1 } = selector
    if (step < 0) return 'A slice with a negative step goes through a list from its end'
    return start < 0 || stop < 0 ? `[${selector.toString()}] ${FROM_THE_END}` : { kind: 'slice', start, stop: step === 0 ? 0 : stop, step }
  }
  if (selector instanceof FilterSelector) return planFilter(environment, selector.expression)
  return 'Such a selector needs all of the body in memory'
}

function planFilter(environment: JSONPathEnvironment, expression: Expression): Filter | string {
  const queries: Looked[] = []
  if (!gather(expression, queries, false)) return 'A filter that compares with another part of the body ($…) needs all of it in memory'
  const accepts: Filter['accepts'] = (currentValue, currentKey, numberAt) => {
    const context = { environment, currentValue, rootValue: currentValue, currentKey, lazy: true, numberAt }
    return expression.evaluate(context) === true
  }
  const verdict = (type: 'list' | 'object' | 'scalar', standIn: JSONValue): boolean | null =>
    queries.every((query) => isBlindTo(query, type)) ? accepts(standIn, 0, () => null) : null
  const verdicts = { list: verdict('list', []), object: verdict('object', {}), scalar: verdict('scalar', null) }
  return { kind: 'filter', accepts, verdicts, members: membersOf(queries) }
}

/** A query of a filter that begins at the value it is asked of. */
interface Looked {
  readonly segments: readonly Segment[]
  /** The other side of its comparison is a literal. */
  readonly isByLiteral: boolean
}

/** Whether what a query finds in a value is the same for all of a type. */
function isBlindTo({ segments: [first], isByLiteral }: Looked, type: 'list' | 'object' | 'scalar'): boolean {
  const { NameSelector, IndexSelector, SliceSelector } = jsonpath.selectors
  // No list and no object equals a literal, or is less than it.
  if (!first) return type !== 'scalar' && isByLiteral
  switch (type) {
    case 'scalar':
      return true
    case 'list':
      return isChildStep(first) && first.selectors.every((one) => one instanceof NameSelector)
    case 'object':
      return isChildStep(first) && first.selectors.every((one) => one instanceof IndexSelector || one instanceof SliceSelector)
    default:
      return assertNever(type)
  }
}

function membersOf(queries: readonly Looked[]): ReadonlySet<string> | null {
  const names = new Set<string>()
  for (const {
    segments: [first],
    isByLiteral,
  } of queries) {
    if (!first && isByLiteral) continue
    if (!first || !isChildStep(first)) return null
    for (const selector of first.selectors) {
      if (!(selector instanceof jsonpath.selectors.NameSelector)) return null
      names.add(selector.name)
    }
  }
  return names
}

function isChildStep(segment: Segment): boolean {
  return !segment.toString().startsWith('..')
}

/** Gathers what a filter looks at. @returns false where that is the whole body */
function gather(expression: Expression, queries: Looked[], isByLiteral: boolean): boolean {
  const { LogicalExpression, PrefixExpression, InfixExpression, RelativeQuery, RootQuery, FunctionExtension } = jsonpath.expressions
  if (expression instanceof RootQuery) return false
  if (expression instanceof RelativeQuery) {
    const { segments } = expression.path
    queries.push({ segments, isByLiteral })
    // Filters in it look at values below this one, but may look at the whole body as well.
    return segments.every(({ selectors }) =>
      selectors.every((one) => !(one instanceof jsonpath.selectors.FilterSelector) || gather(one.expression, [], false)),
    )
  }
  if (expression instanceof LogicalExpression) return gather(expression.expression, queries, isByLiteral)
  if (expression instanceof PrefixExpression) return gather(expression.right, queries, false)
  if (expression instanceof FunctionExtension) return expression.args.every((arg) => gather(arg, queries, false))
  if (!(expression instanceof InfixExpression)) return true
  const { left, right, logical } = expression
  return gather(left, queries, !logical && isLiteral(right)) && gather(right, queries, !logical && isLiteral(left))
}

function isLiteral(expression: Expression): boolean {
  const { NullLiteral, BooleanLiteral, StringLiteral, NumberLiteral } = jsonpath.expressions
  return [NullLiteral, BooleanLiteral, StringLiteral, NumberLiteral].some((literal) => expression instanceof literal)
}
