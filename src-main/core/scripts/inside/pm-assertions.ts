/**
 * What Postman's `pm.response.to` and `pm.expect(pm.response).to` can say beyond chai: `have.status`, `have.header`,
 * `have.jsonBody`, `be.ok` and its kin.
 */
import { isObject, textOf } from './host.ts'
import { headerOfAnswer, query, type Answer } from './response.ts'
import { ANSWER } from './pm.ts'

/** As much of chai as is used here. */
interface Assertion {
  readonly _obj: unknown
  readonly assert: (holds: boolean, message: string, negated: string, expected?: unknown, actual?: unknown) => void
}

interface Chai {
  readonly use: (plugin: (chai: unknown, utils: { readonly eql: (a: unknown, b: unknown) => boolean }) => void) => void
  readonly Assertion: {
    readonly addMethod: (name: string, run: (this: Assertion, ...values: unknown[]) => void) => void
    readonly overwriteMethod: (name: string, run: (before: Run) => Run) => void
    readonly addProperty: (name: string, run: (this: Assertion) => void) => void
    readonly overwriteProperty: (name: string, run: (before: (this: Assertion) => void) => (this: Assertion) => void) => void
  }
}

type Run = (this: Assertion, ...values: unknown[]) => void

function answerIn({ _obj }: Assertion): Answer | null {
  const answer = isObject(_obj) ? (_obj as Readonly<Record<symbol, unknown>>)[ANSWER] : undefined
  return isObject(answer) ? (answer as unknown as Answer) : null // The symbol is ours.
}

function answerOfThis(assertion: Assertion, word: string): Answer {
  const answer = answerIn(assertion)
  if (answer === null) throw new Error(`“${word}” is for answers: pm.response.to.${word}`)
  return answer
}

const CLASSES: Readonly<Record<string, (status: number) => boolean>> = {
  info: (status) => status < 200,
  success: (status) => status >= 200 && status < 300,
  redirection: (status) => status >= 300 && status < 400,
  clientError: (status) => status >= 400 && status < 500,
  serverError: (status) => status >= 500,
  error: (status) => status >= 400,
  accepted: (status) => status === 202,
  badRequest: (status) => status === 400,
  unauthorized: (status) => status === 401,
  forbidden: (status) => status === 403,
  notFound: (status) => status === 404,
  rateLimited: (status) => status === 429,
}

/** @param of chai's module, once it is loaded */
export function addAssertions(of: unknown): void {
  const chai = of as Chai // Its own module namespace.
  chai.use((_chai, utils) => {
    const { Assertion } = chai
    addStatus(Assertion)
    Assertion.addMethod('header', function (name, value) {
      const actual = headerOfAnswer(answerOfThis(this, 'have.header').facts, name)
      if (value === undefined) {
        this.assert(
          actual !== undefined,
          `expected the answer to have header '${String(name)}'`,
          `expected the answer not to have header '${String(name)}'`,
        )
        return
      }
      this.assert(
        String(actual) === textOf(value),
        `expected header '${String(name)}' to be '${textOf(value)}', but it was '${String(actual)}'`,
        `expected header '${String(name)}' not to be '${textOf(value)}'`,
      )
    })
    Assertion.addMethod('body', function (wanted) {
      const text = answerOfThis(this, 'have.body').text()
      const holds = wanted === undefined ? text !== '' : wanted instanceof RegExp ? wanted.test(text) : text === textOf(wanted)
      this.assert(
        holds,
        `expected the body to be ${textOf(wanted ?? 'there')}, but it was ${text.slice(0, 200)}`,
        'expected the body to differ',
      )
    })
    Assertion.addMethod('jsonBody', function (path, value) {
      const json = jsonOf(answerOfThis(this, 'have.jsonBody'))
      if (path === undefined) return this.assert(json !== undefined, 'expected the body to be JSON', 'expected the body not to be JSON')
      const [actual, wanted] = isObject(path) ? [json, path] : [query(json, textOf(path), []), value]
      const holds = wanted === undefined ? actual !== undefined : utils.eql(actual, wanted)
      const what = isObject(path) ? 'the body' : `'${textOf(path)}' of the body`
      this.assert(
        holds,
        `expected ${what} to be ${wanted === undefined ? 'there' : JSON.stringify(wanted)}, but it was ${JSON.stringify(actual) ?? 'not there'}`,
        `expected ${what} not to be ${wanted === undefined ? 'there' : JSON.stringify(wanted)}`,
      )
    })
    Assertion.addMethod('jsonSchema', () => {
      throw new Error('have.jsonSchema is not there: use an assertion of the request, res.schema({ … }).')
    })
  })
}

function addStatus(Assertion: Chai['Assertion']): void {
  Assertion.addMethod('status', function (wanted) {
    const { status, statusText } = answerOfThis(this, 'have.status').facts
    const actual = typeof wanted === 'string' ? statusText : status
    this.assert(
      actual === wanted,
      `expected response to have status ${typeof wanted === 'string' ? `reason '${wanted}'` : `code ${textOf(wanted)}`} but got ${typeof wanted === 'string' ? `'${statusText}'` : status}`,
      `expected response to not have status ${textOf(wanted)}`,
    )
  })
  for (const [name, holds] of Object.entries(CLASSES)) {
    Assertion.addProperty(name, function () {
      const { status } = answerOfThis(this, `be.${name}`).facts
      this.assert(holds(status), `expected status ${status} to be ${name}`, `expected status ${status} not to be ${name}`)
    })
  }
  Assertion.addProperty('json', function () {
    this.assert(jsonOf(answerOfThis(this, 'be.json')) !== undefined, 'expected the body to be JSON', 'expected the body not to be JSON')
  })
  Assertion.addProperty('withBody', function () {
    this.assert(
      answerOfThis(this, 'be.withBody').text() !== '',
      'expected the answer to have a body',
      'expected the answer to have no body',
    )
  })
  Assertion.overwriteProperty('ok', (before) => {
    return function () {
      const answer = answerIn(this)
      if (answer === null) return before.call(this)
      const { status } = answer.facts
      this.assert(status === 200, `expected status ${status} to be 200`, 'expected status not to be 200')
    }
  })
}

function jsonOf(answer: Answer): unknown {
  try {
    return answer.json()
  } catch {
    return undefined
  }
}
