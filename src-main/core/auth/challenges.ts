/**
 * What a server asks for: the challenges of `WWW-Authenticate`, of which one header line may hold several and several
 * lines may stand in one answer.
 *
 * @see RFC 9110 §11.2 (parameters), §11.6.1 (WWW-Authenticate)
 */
export interface Challenge {
  /** Lower case, such as `digest`. */
  readonly scheme: string
  /** Names in lower case, values without their quotes. */
  readonly params: ReadonlyMap<string, string>
  /** Credentials in one piece, as Negotiate has them; null where there are none. */
  readonly token: string | null
}

const TOKEN = String.raw`[!#$%&'*+\-.^_\x60|~0-9A-Za-z]+`
const PARAM = new RegExp(String.raw`\s*(${TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${TOKEN}))\s*(?:,|$)`, 'y')
const TOKEN68 = /\s*([A-Za-z0-9\-._~+/]+=*)\s*(?:,|$)/y
const SCHEME = new RegExp(String.raw`[\s,]*(${TOKEN})(?=\s|,|$)`, 'y')

/** The challenges of all header lines, in order. What cannot be understood ends its line, without an error. */
export function parseChallenges(lines: readonly string[]): Challenge[] {
  return lines.flatMap(parseLine)
}

function parseLine(line: string): Challenge[] {
  const found: Challenge[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(line)
    if (match) at = pattern.lastIndex
    return match
  }
  for (;;) {
    const scheme = take(SCHEME)?.[1]
    if (scheme === undefined) return found
    const params = new Map<string, string>()
    let param = take(PARAM)
    const token = param === null && line[at] === ' ' ? (take(TOKEN68)?.[1] ?? null) : null
    while (param) {
      params.set((param[1] ?? '').toLowerCase(), param[3] ?? (param[2] ?? '').replace(/\\(.)/g, '$1'))
      param = take(PARAM)
    }
    found.push({ scheme: scheme.toLowerCase(), params, token })
  }
}
