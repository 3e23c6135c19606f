/**
 * Whose rules a request follows in what is not typed: one table of facts. What its columns mean is in
 * `behaviour-rules.ts`; what an absent option means is in the contract's `request-defaults.ts`, because the window shows
 * it.
 *
 * Each column was measured at a raw socket: requests 2.34.2 (urllib3 2.7.0), curl 8, Chromium.
 */
import type { Options } from '#contract/model/request.ts'
import type { Behaviour } from '#contract/model/wire-options.ts'
import type { BehaviourRules, HeadRules, RetryRules } from './behaviour-rules.ts'

const OUR_RETRIES: RetryRules = {
  causes: 'by-harm',
  sends: 'renewed',
  closedConnection: 'sent-again',
  noMethods: 'none',
  wrongRetryAfter: 'passed-over',
  spentSilence: 'ReadTimeout',
}
const HEX_BOUNDARY = { prefix: '', length: 32, alphabet: 'hex' } as const
const FORM = 'application/x-www-form-urlencoded'
const BODY_HEADERS = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'] as const

const OMITS_ALL: HeadRules['onOmit'] = { takes: 'all', adds: [] }
const URLLIB3_OMITS: HeadRules['onOmit'] = {
  takes: 'defaults',
  adds: [
    ['Accept-Encoding', 'identity'],
    ['User-Agent', 'python-urllib3/2.7.0'],
  ],
}

const POSTHASTE: BehaviourRules = {
  url: 'rfc3986',
  head: {
    slots: [
      { kind: 'host', name: 'Host', typed: 'here', isFixed: true },
      { kind: 'default', name: 'Connection', value: 'keep-alive', typed: 'here', isFixed: true },
      { kind: 'userAgent', typed: 'here' },
      { kind: 'default', name: 'Accept', value: '*/*', typed: 'here' },
      { kind: 'default', name: 'Accept-Encoding', value: 'gzip, deflate, br, zstd', typed: 'here' },
      { kind: 'typed' },
      { kind: 'contentType' },
      { kind: 'cookie' },
      { kind: 'auth' },
      { kind: 'length', name: 'Content-Length', typed: 'dropped' },
    ],
    userAgent: null,
    order: 'typed',
    duplicates: 'all',
    trailingSpace: 'trimmed',
    connectionHeaders: 'refused',
    zeroLength: { kind: 'only', methods: ['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'] },
    emptyBody: 'by-method',
    onOmit: OMITS_ALL,
  },
  body: {
    contentTypes: {
      json: 'application/json',
      jsonAsTyped: 'application/json',
      text: 'text/plain; charset=utf-8',
      xml: 'application/xml',
      form: FORM,
      file: 'by-name',
    },
    json: 'as-typed',
    jsonHeaders: [],
    form: 'rfc3986',
    emptyFile: 'length',
    multipart: {
      boundary: HEX_BOUNDARY,
      typedBoundary: 'heeded',
      fileType: 'by-name',
      extendedFilename: true,
      textsFirst: false,
      lineBreaks: 'kept',
      partHeaders: 'all',
    },
  },
  cookies: 'browser',
  redirects: {
    toGet: { 301: ['POST'], 302: ['POST'], 303: '*' },
    body: 'with-method',
    bodyHeaders: BODY_HEADERS,
    crossOrigin: 'secrets',
    upgradeIsSameOrigin: true,
    typedHost: 'same-origin',
    neverSentOn: [],
    ownCookies: 'same-host',
    cookiePlace: 'slot',
    saysNothingFor: null,
  },
  retries: OUR_RETRIES,
  credentials: {
    power: 'typed',
    basicCharset: 'utf-8',
    userWithoutPassword: true,
    netrc: 'asked',
    digest: 'rfc7616',
    proxyDigest: 'remembered',
  },
  charset: 'evidence',
  proxyPrecedence: 'nearest',
}

const REQUESTS: BehaviourRules = {
  url: 'urllib3',
  head: {
    slots: [
      { kind: 'host', name: 'Host', typed: 'row' },
      { kind: 'userAgent', typed: 'here' },
      { kind: 'default', name: 'Accept-Encoding', value: 'gzip, deflate', typed: 'here' },
      { kind: 'default', name: 'Accept', value: '*/*', typed: 'here' },
      { kind: 'default', name: 'Connection', value: 'keep-alive', typed: 'here' },
      { kind: 'typed' },
      { kind: 'cookie' },
      { kind: 'length', name: 'Content-Length', typed: 'row' },
      { kind: 'contentType' },
      { kind: 'auth' },
    ],
    userAgent: 'python-requests/2.34.2',
    order: 'typed',
    duplicates: 'last',
    trailingSpace: 'kept',
    connectionHeaders: 'sent',
    zeroLength: { kind: 'except', methods: ['GET', 'HEAD'] },
    emptyBody: 'by-method',
    onOmit: URLLIB3_OMITS,
  },
  body: {
    contentTypes: { json: 'application/json', jsonAsTyped: null, text: null, xml: null, form: FORM, file: null },
    json: 'python',
    jsonHeaders: [],
    form: 'rfc3986',
    emptyFile: 'chunked',
    multipart: {
      boundary: HEX_BOUNDARY,
      typedBoundary: 'ignored',
      fileType: 'none',
      extendedFilename: false,
      textsFirst: true,
      lineBreaks: 'kept',
      partHeaders: 'urllib3',
    },
  },
  cookies: 'netscape',
  redirects: {
    toGet: { 301: ['POST'], 302: '*', 303: '*' },
    body: 'only-307-308',
    bodyHeaders: ['content-length', 'content-type', 'transfer-encoding'],
    crossOrigin: 'authorization',
    upgradeIsSameOrigin: true,
    typedHost: 'always',
    neverSentOn: ['cookie', 'proxy-authorization'],
    ownCookies: 'everywhere',
    cookiePlace: 'end',
    saysNothingFor: ['GET', 'HEAD', 'DELETE', 'TRACE', 'OPTIONS'],
  },
  retries: {
    causes: 'urllib3',
    sends: 'same',
    closedConnection: 'error',
    noMethods: 'all',
    wrongRetryAfter: 'error',
    spentSilence: 'ConnectionError',
  },
  credentials: {
    power: 'auth',
    basicCharset: 'latin-1',
    userWithoutPassword: false,
    netrc: 'asked',
    digest: 'requests',
    proxyDigest: 'anew',
  },
  charset: 'requests',
  proxyPrecedence: 'requests',
}

const CURL: BehaviourRules = {
  url: 'curl',
  head: {
    slots: [
      { kind: 'host', name: 'Host', typed: 'here', isFixed: true },
      { kind: 'auth' },
      { kind: 'userAgent', typed: 'row' },
      { kind: 'default', name: 'Accept', value: '*/*', typed: 'row' },
      { kind: 'cookie' },
      { kind: 'typed' },
      { kind: 'length', name: 'Content-Length', typed: 'dropped' },
      { kind: 'contentType' },
    ],
    userAgent: 'curl/8.17.0',
    order: 'typed',
    duplicates: 'all',
    trailingSpace: 'kept',
    connectionHeaders: 'sent',
    zeroLength: { kind: 'only', methods: [] },
    emptyBody: 'zero',
    onOmit: OMITS_ALL,
  },
  body: {
    // Texts and files are what `--data-raw` and `--data-binary @file` send.
    contentTypes: { json: 'application/json', jsonAsTyped: 'application/json', text: FORM, xml: FORM, form: FORM, file: FORM },
    json: 'as-typed',
    jsonHeaders: [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ],
    form: 'rfc3986',
    emptyFile: 'length',
    multipart: {
      boundary: { prefix: '------------------------', length: 22, alphabet: 'alphanumeric' },
      typedBoundary: 'heeded',
      fileType: 'as-curl',
      extendedFilename: false,
      textsFirst: false,
      lineBreaks: 'kept',
      partHeaders: 'all',
    },
  },
  cookies: 'browser',
  redirects: {
    // `-X` names a method for every hop, and `-d` is a POST.
    toGet: { 301: ['POST'], 302: ['POST'], 303: ['POST'] },
    body: 'only-307-308',
    bodyHeaders: ['content-length'],
    crossOrigin: 'authorization-and-cookie',
    upgradeIsSameOrigin: false,
    typedHost: 'same-origin',
    neverSentOn: [],
    ownCookies: 'everywhere',
    cookiePlace: 'slot',
    saysNothingFor: null,
  },
  retries: OUR_RETRIES,
  credentials: {
    power: 'typed',
    basicCharset: 'utf-8',
    userWithoutPassword: true,
    netrc: 'unknown',
    digest: 'rfc7616',
    proxyDigest: 'anew',
  },
  charset: 'evidence',
  proxyPrecedence: 'nearest',
}

const BROWSER: BehaviourRules = {
  url: 'whatwg',
  head: {
    slots: [
      { kind: 'host', name: 'Host', typed: 'here', isFixed: true },
      { kind: 'default', name: 'Connection', value: 'keep-alive', typed: 'here', isFixed: true },
      { kind: 'length', name: 'Content-Length', typed: 'dropped' },
      { kind: 'auth', typed: 'here' },
      { kind: 'userAgent', typed: 'here' },
      { kind: 'typed' },
      { kind: 'default', name: 'Accept', value: '*/*', typed: 'row' },
      { kind: 'default', name: 'Accept-Encoding', value: 'gzip, deflate', secureValue: 'gzip, deflate, br, zstd', typed: 'here' },
      { kind: 'default', name: 'Accept-Language', value: 'en-US,en;q=0.9', typed: 'here' },
      { kind: 'cookie' },
    ],
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    order: 'by-name',
    duplicates: 'all',
    trailingSpace: 'trimmed',
    connectionHeaders: 'sent',
    zeroLength: { kind: 'only', methods: ['POST', 'PUT'] },
    emptyBody: 'zero',
    onOmit: OMITS_ALL,
  },
  body: {
    contentTypes: {
      json: 'application/json',
      jsonAsTyped: 'application/json',
      text: 'text/plain;charset=UTF-8',
      xml: 'application/xml;charset=UTF-8',
      form: 'application/x-www-form-urlencoded;charset=UTF-8',
      file: 'by-name',
    },
    json: 'as-typed',
    jsonHeaders: [],
    form: 'whatwg',
    emptyFile: 'length',
    multipart: {
      boundary: { prefix: '----WebKitFormBoundary', length: 16, alphabet: 'alphanumeric' },
      typedBoundary: 'heeded',
      fileType: 'by-name',
      extendedFilename: false,
      textsFirst: false,
      lineBreaks: 'crlf',
      partHeaders: 'all',
    },
  },
  cookies: 'browser',
  redirects: {
    toGet: { 301: ['POST'], 302: ['POST'], 303: '*' },
    body: 'with-method',
    bodyHeaders: BODY_HEADERS,
    crossOrigin: 'authorization-and-cookie',
    upgradeIsSameOrigin: false,
    typedHost: 'same-origin',
    neverSentOn: [],
    ownCookies: 'same-host',
    cookiePlace: 'slot',
    saysNothingFor: null,
  },
  retries: OUR_RETRIES,
  credentials: {
    power: 'typed',
    basicCharset: 'utf-8',
    userWithoutPassword: true,
    netrc: 'unknown',
    digest: 'rfc7616',
    proxyDigest: 'remembered',
  },
  charset: 'evidence',
  proxyPrecedence: 'nearest',
}

/** The rules of each behaviour. */
export const RULES: Readonly<Record<Behaviour, BehaviourRules>> = { posthaste: POSTHASTE, requests: REQUESTS, curl: CURL, browser: BROWSER }

/** The rules that a request's options name. */
export function rulesOf({ behaviour }: Pick<Options, 'behaviour'>): BehaviourRules {
  return RULES[behaviour ?? 'posthaste']
}
