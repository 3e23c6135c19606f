/** The blocks of a `.bru` file put together as Bruno's JSON has the same request, folder or environment, for one reader of both. */
import type { SourceFile } from '../import-source.ts'
import type { Loose } from '../collection-parts/loose.ts'
import { parseBru, parseInner, type BruBlock, type BruPair, type BruText } from './bru-text.ts'

const METHODS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'connect', 'trace'])
const BODIES: Readonly<Record<string, string>> = {
  'body:json': 'json',
  'body:text': 'text',
  'body:xml': 'xml',
  'body:sparql': 'sparql',
  body: 'json',
}
const ADDITIONAL = /^auth:oauth2:additional_params:(auth_req|access_token_req|refresh_token_req):(headers|queryparams|body\w*)$/
const REQUESTS: Readonly<Record<string, string>> = { auth_req: 'authorization', access_token_req: 'token', refresh_token_req: 'refresh' }

/** What of the blocks is read here; others are named in a note. */
const KNOWN =
  /^(?:meta|settings|http|ws|grpc|headers|query|params:(?:query|path)|auth|auth:.*|body|body:.*|vars|vars:.*|assert|script:(?:pre-request|post-response)|tests|docs|example|metadata)$/

interface BruFile {
  /** As an item of Bruno's JSON. */
  readonly item: Loose
  /** Names of blocks, and of pairs outside of them, that mean nothing here. */
  readonly unknown: readonly string[]
}

/** @throws {CoreError} `Unreadable` */
export function readBruFile(file: SourceFile): BruFile {
  const { blocks, pairs } = parseBru(file)
  const meta = recordOfPairs(pairsOf(blocks, 'meta'))
  const item = {
    ...meta,
    settings: recordOfPairs(pairsOf(blocks, 'settings')),
    request: requestOf(blocks),
    examples: blocks.flatMap((block) => (block.name === 'example' && block.kind === 'text' ? [exampleOf(file, block)] : [])),
  }
  const unknown = [...blocks.filter(({ name }) => !KNOWN.test(name) && !METHODS.has(name)), ...pairs].map(({ name }) => name)
  return { item, unknown }
}

/** The variables of an environment's file. */
export function readBruEnvironment(file: SourceFile): Loose {
  const { blocks, pairs } = parseBru(file)
  const secrets = blocks.flatMap((block) => (block.name === 'vars:secret' && block.kind === 'list' ? block.items : []))
  return {
    color: recordOfPairs(pairs)['color'],
    variables: [
      ...pairsOf(blocks, 'vars').map(row),
      ...secrets.map((text) => ({ name: text.replace(/^~/, ''), value: '', secret: true, enabled: !text.startsWith('~') })),
    ],
  }
}

function requestOf(blocks: readonly BruBlock[]): Loose {
  const line = blocks.find(({ name }) => METHODS.has(name) || name === 'http' || name === 'ws' || name === 'grpc')
  const said = line?.kind === 'pairs' ? recordOfPairs(line.pairs) : {}
  return {
    kind: line?.name ?? '',
    method: line !== undefined && METHODS.has(line.name) ? line.name.toUpperCase() : said['method'],
    url: said['url'],
    headers: pairsOf(blocks, 'headers').map(row),
    params: [
      ...[...pairsOf(blocks, 'query'), ...pairsOf(blocks, 'params:query')].map((pair) => ({ ...row(pair), type: 'query' })),
      ...pairsOf(blocks, 'params:path').map((pair) => ({ ...row(pair), type: 'path' })),
    ],
    auth: authOf(blocks, said['auth']),
    body: bodyOf(blocks, said['body']),
    script: { req: textOfBlock(blocks, 'script:pre-request'), res: textOfBlock(blocks, 'script:post-response') },
    vars: { req: pairsOf(blocks, 'vars:pre-request').map(row), res: pairsOf(blocks, 'vars:post-response').map(row) },
    assertions: pairsOf(blocks, 'assert').map(row),
    tests: textOfBlock(blocks, 'tests'),
    docs: textOfBlock(blocks, 'docs'),
  }
}

function authOf(blocks: readonly BruBlock[], said: unknown): Loose {
  const mode = recordOfPairs(pairsOf(blocks, 'auth'))['mode']
  const kinds = blocks.filter((block) => /^auth:[\w-]+$/.test(block.name) && block.kind === 'pairs')
  const additional = blocks.flatMap((block) => {
    const found = ADDITIONAL.exec(block.name)
    if (!found || block.kind !== 'pairs') return []
    const request = REQUESTS[found[1] ?? ''] ?? ''
    return block.pairs.map((pair) => ({ request, ...row(pair), sendIn: found[2] ?? '' }))
  })
  return {
    ...Object.fromEntries(kinds.map((block) => [block.name.slice('auth:'.length), block.kind === 'pairs' ? camelCased(block.pairs) : {}])),
    additional,
    mode: said ?? mode,
  }
}

function bodyOf(blocks: readonly BruBlock[], said: unknown): Loose {
  const texts = Object.entries(BODIES).map(([name, key]) => [key, textOfBlock(blocks, name)] as const)
  const messages = blocks.flatMap((block) => (block.name === 'body:ws' && block.kind === 'pairs' ? [recordOfPairs(block.pairs)] : []))
  return {
    // The later of the names for JSON is the older one, and stands only where the newer does not.
    ...Object.fromEntries(texts.toReversed().filter(([, text]) => text !== undefined)),
    mode: said,
    formUrlEncoded: pairsOf(blocks, 'body:form-urlencoded').map(row),
    multipartForm: pairsOf(blocks, 'body:multipart-form').map(partRow),
    file: pairsOf(blocks, 'body:file').map(fileRow),
    graphql: { query: textOfBlock(blocks, 'body:graphql'), variables: textOfBlock(blocks, 'body:graphql:vars') },
    ws: messages,
  }
}

const CONTENT_TYPE = /(?<!\s)\s*@contentType\(([^()]*)\)\s*$/

/** A value without the `@contentType(…)` behind it. */
function typed(pair: BruPair): { readonly value: string; readonly contentType: string } {
  const found = pair.value.length < 100_000 ? CONTENT_TYPE.exec(pair.value) : null
  return { value: found ? pair.value.slice(0, found.index) : pair.value, contentType: found?.[1]?.trim() ?? '' }
}

function partRow(pair: BruPair): Loose {
  const { value, contentType } = typed(pair)
  const files = filesOf(value)
  return { ...row(pair), contentType, ...(files === null ? { type: 'text', value } : { type: 'file', value: files }) }
}

function fileRow(pair: BruPair): Loose {
  const { value, contentType } = typed(pair)
  return { filePath: filesOf(value)?.[0] ?? '', contentType, selected: pair.enabled }
}

/** The paths of `@file(a|b)`. */
function filesOf(value: string): string[] | null {
  if (!value.startsWith('@file(') || !value.endsWith(')')) return null
  return value
    .slice('@file('.length, -1)
    .split('|')
    .filter((path) => path !== '')
}

const INNER_TEXT = /^body(?::(?:json|text|xml|sparql|graphql|graphql:vars))?$|^request$|^response$/

function exampleOf(file: SourceFile, block: Extract<BruBlock, { kind: 'text' }>): Loose {
  const { pairs, blocks } = parseInner(file, block, INNER_TEXT)
  const inner = (name: string): BruText => {
    const found = blocks.find((one) => one.name === name)
    return found?.kind === 'text' ? parseInner(file, found, INNER_TEXT) : { blocks: [], pairs: [] }
  }
  const [request, response] = [inner('request'), inner('response')]
  const answered = recordOfPairs(pairsOf(response.blocks, 'status'))
  return {
    ...recordOfPairs(pairs),
    request: {
      ...recordOfPairs(request.pairs),
      headers: pairsOf(request.blocks, 'headers').map(row),
      body: bodyOf(request.blocks, undefined),
    },
    response: {
      ...recordOfPairs(response.pairs),
      status: answered['code'],
      statusText: answered['text'],
      headers: pairsOf(response.blocks, 'headers').map(row),
      body: answerOf(textOfBlock(response.blocks, 'body') ?? ''),
    },
  }
}

/** The body of an answer: a text, or in newer files pairs, of which `content` is the text between quotes. */
function answerOf(text: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.trim() !== '')
  const [type, content] = [lines[start] ?? '', lines[start + 1] ?? '']
  const end = lines.findLastIndex((line) => line.trim() === "'''")
  if (!/^\s*type:/.test(type) || !/^\s*content: '''$/.test(content) || end <= start + 1) return text
  return lines
    .slice(start + 2, end)
    .map((line) => (line.startsWith('  ') ? line.slice(2) : line))
    .join('\n')
}

function pairsOf(blocks: readonly BruBlock[], name: string): readonly BruPair[] {
  return blocks.flatMap((block) => (block.name === name && block.kind === 'pairs' ? block.pairs : []))
}

function textOfBlock(blocks: readonly BruBlock[], name: string): string | undefined {
  for (const block of blocks) if (block.name === name && block.kind === 'text') return block.text
  return undefined
}

function row({ name, value, enabled, isLocal, description }: BruPair): Loose {
  return { name, value, enabled, local: isLocal, description }
}

function recordOfPairs(pairs: readonly BruPair[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]))
}

function camelCased(pairs: readonly BruPair[]): Loose {
  return Object.fromEntries(pairs.map(({ name, value }) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]))
}
