import { execFileSync } from 'node:child_process'
import { constants } from 'node:http2'
import { createRequire } from 'node:module'
import { getSystemErrorMap } from 'node:util'
import { errors } from 'undici'
import { describe, expect, test } from 'vitest'
import { CoreError } from '#core/lib/core-error.ts'
import type { FailureContext } from '#core/send/failure-entry.ts'
import { failureOf, isMapped } from '#core/send/transport-errors.ts'

// Not typed: the list of verdicts that llhttp, the parser of both clients, knows.
const parser = createRequire(import.meta.url)('undici/lib/llhttp/constants.js') as { readonly ERROR: Readonly<Record<string, number>> }

const CONTEXT: FailureContext = {
  peer: 'example.test:443',
  host: 'example.test',
  scheme: 'https',
  stage: 'send',
  hasHead: false,
  received: Buffer.alloc(0),
  bodyBytes: 0,
  expectedBytes: null,
  isStrict: true,
}

function coded(code: string, message = 'words of the library'): Error {
  return Object.assign(new Error(message), { code })
}

describe('failureOf', () => {
  const classes = Object.entries(errors as Record<string, new (...args: unknown[]) => Error & { code?: string }>)

  test('sees the error classes of undici', () => {
    expect(classes.length).toBeGreaterThan(15)
  })

  for (const [name, ErrorClass] of classes) {
    test(`has a place for undici's ${name}`, () => {
      const error = new ErrorClass('words of the library', undefined, {})
      const failure = failureOf(error, CONTEXT)

      expect(error.name === 'HTTPParserError' || isMapped(error.code ?? 'none')).toBe(true)
      expect(failure.message).toContain('example.test')
    })
  }

  // The names in Node's src/crypto/crypto_common.cc, which `socket.authorizationError` carries.
  const verdicts = `UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_CRL UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_DECRYPT_CRL_SIGNATURE
    UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY CERT_SIGNATURE_FAILURE CRL_SIGNATURE_FAILURE CERT_NOT_YET_VALID CERT_HAS_EXPIRED
    CRL_NOT_YET_VALID CRL_HAS_EXPIRED ERROR_IN_CERT_NOT_BEFORE_FIELD ERROR_IN_CERT_NOT_AFTER_FIELD ERROR_IN_CRL_LAST_UPDATE_FIELD
    ERROR_IN_CRL_NEXT_UPDATE_FIELD OUT_OF_MEM DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_CHAIN_TOO_LONG CERT_REVOKED INVALID_CA PATH_LENGTH_EXCEEDED INVALID_PURPOSE CERT_UNTRUSTED
    CERT_REJECTED HOSTNAME_MISMATCH`.split(/\s+/)
  test.each(verdicts)('has words for the verdict %s on a certificate', (code) => {
    const failure = failureOf(coded(code), { ...CONTEXT, stage: 'tls' })

    expect(isMapped(code)).toBe(true)
    expect(failure).toMatchObject({ kind: 'SSLError', stage: 'tls' })
    expect(failure.message).toContain('example.test')
  })

  const resets = Object.keys(constants).filter((name) =>
    /^NGHTTP2_(?!NO_|.*(?:_FLAG|FLAG_|_STATE|HCAT|NV_|SETTINGS_(?!TIMEOUT)|DEFAULT|SESSION_|STREAM_STATE|ERR_))/.test(name),
  )
  test('sees the reasons for which HTTP/2 resets a stream', () => expect(resets).toContain('NGHTTP2_ENHANCE_YOUR_CALM'))
  test.each(resets)('names the reason %s', (name) => {
    const failure = failureOf(coded('ERR_HTTP2_STREAM_ERROR', `Stream closed with error code ${name}`), CONTEXT)

    expect(failure).toMatchObject({ kind: 'ConnectionError' })
    expect(failure.message).toContain(name.replace('NGHTTP2_', ''))
  })

  test('tells a stream that is wanted over HTTP/1.1 as such', () => {
    const error = coded('ERR_HTTP2_STREAM_ERROR', 'Stream closed with error code NGHTTP2_HTTP_1_1_REQUIRED')

    expect(failureOf(error, CONTEXT).parts.hint).toBe('The server wants HTTP/1.1 for it: turn off HTTP/2 in Options.')
  })

  const verdictsOfTheParser = Object.keys(parser.ERROR).filter((name) => name !== 'OK')
  test('sees the verdicts of the parser', () => expect(verdictsOfTheParser).toContain('INVALID_HEADER_TOKEN'))
  test.each(verdictsOfTheParser.map((name) => `HPE_${name}`))(
    'takes %s of the parser for a reply that is none, or a body that is framed wrongly',
    (code) => {
      expect(failureOf(coded(code), CONTEXT).kind).toBe('ConnectionError')
      expect(failureOf(coded(code), { ...CONTEXT, hasHead: true }).kind).toBe('ChunkedEncodingError')
    },
  )

  const codesOfNode = execFileSync(process.execPath, ['--expose-internals', '-p', 'Object.keys(require("internal/errors").codes).join()'])
    .toString()
    .trim()
    .split(',')
    .filter((code) => /^ERR_(?:HTTP|TLS|SOCKET|STREAM|INVALID_(?:CHAR|HTTP_TOKEN)$|UNESCAPED)/.test(code))
  test('sees the codes of Node', () => expect(codesOfNode).toContain('ERR_HTTP2_STREAM_ERROR'))
  test.each(codesOfNode)('has a place for %s of Node', (code) => {
    expect(isMapped(code)).toBe(true)
  })

  // What neither looking a name up nor a socket can come to: codes of files, terminals and processes.
  const elsewhere = new Set(
    `E2BIG EAGAIN EALREADY EBADF EBUSY EDESTADDRREQ EEXIST EFAULT EFBIG EFTYPE EILSEQ EINTR EISCONN EISDIR ELOOP EMLINK EMSGSIZE
    ENODATA ENODEV ENOENT ENOEXEC ENOPROTOOPT ENOSPC ENOSYS ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP ENOTTY ENXIO EOVERFLOW EPROTOTYPE
    ERANGE EREMOTEIO EROFS ESPIPE ESRCH ETXTBSY EUNATCH EXDEV UNKNOWN`.split(/\s+/),
  )
  const codesOfTheSystem = [...getSystemErrorMap().values()].map(([code]) => code).filter((code) => !elsewhere.has(code))
  test('sees the codes of the system', () => expect(codesOfTheSystem).toContain('ECONNREFUSED'))
  test.each(codesOfTheSystem)('has a place for %s of the system', (code) => {
    expect(isMapped(code)).toBe(true)
    expect(failureOf(coded(code), CONTEXT).message).toContain('example.test')
  })

  const kinds: [code: string, kind: string, stage: string, words: string][] = [
    ['ECONNREFUSED', 'ConnectionError', 'connect', 'example.test:443 refused'],
    ['ENOTFOUND', 'ConnectionError', 'connect', 'example.test was not found'],
    ['EAI_AGAIN', 'ConnectionError', 'connect', 'could not be looked up'],
    ['EHOSTUNREACH', 'ConnectionError', 'connect', 'no way to example.test'],
    ['ENETUNREACH', 'ConnectionError', 'connect', 'no way to example.test'],
    ['ETIMEDOUT', 'ConnectTimeout', 'connect', 'did not answer in time'],
    ['EMFILE', 'ConnectionError', 'connect', 'too many open files'],
    ['ECONNRESET', 'ConnectionError', 'receive', 'closed the connection without a reply'],
    ['EPIPE', 'ConnectionError', 'receive', 'closed the connection without a reply'],
    ['UND_ERR_SOCKET', 'ConnectionError', 'receive', 'closed the connection without a reply'],
    ['UND_ERR_HEADERS_OVERFLOW', 'TooLarge', 'receive', 'larger than 1 MiB'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SSLError', 'tls', 'signed by itself'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'SSLError', 'tls', 'self-signed authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'SSLError', 'tls', 'authority that is not known'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'SSLError', 'tls', 'authority that is not known'],
    ['CERT_HAS_EXPIRED', 'SSLError', 'tls', 'has expired'],
    ['CERT_NOT_YET_VALID', 'SSLError', 'tls', 'not valid yet'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'SSLError', 'tls', 'is not for example.test'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'SSLError', 'tls', 'speaks plain HTTP'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'SSLError', 'tls', 'client certificate'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'SSLError', 'tls', 'refused the TLS handshake'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'SSLError', 'tls', 'in common'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'SSLError', 'tls', 'none of the protocols'],
    ['ERR_HTTP2_HEADER_SINGLE_VALUE', 'InvalidHeader', 'send', 'cannot be sent over HTTP/2'],
    ['ERR_HTTP2_ERROR', 'ConnectionError', 'receive', 'rules of HTTP/2'],
    ['ENOMEM', 'ConnectionError', 'connect', 'not enough memory'],
    ['ERR_SSL_SOMETHING_NEW', 'SSLError', 'tls', 'words of the library'],
  ]
  for (const [code, kind, stage, words] of kinds) {
    test(`calls ${code} a ${kind}, with a hint`, () => {
      const failure = failureOf(coded(code), CONTEXT)

      expect(failure.toWire()).toMatchObject({ kind, stage, details: { code } })
      expect(failure.message).toContain(words)
    })
  }

  test('reads the family out of the words of EPROTO', () => {
    const words = 'write EPROTO 00A7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:record.c:354:'

    expect(failureOf(coded('EPROTO', words), CONTEXT)).toMatchObject({
      kind: 'SSLError',
      message: 'example.test:443 speaks plain HTTP, not TLS.',
    })
  })

  test('takes the first failure of several addresses', () => {
    const both = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')])

    expect(failureOf(both, CONTEXT).message).toContain('refused')
  })

  test('knows a break in the body from one before it', () => {
    const context = { ...CONTEXT, hasHead: true, bodyBytes: 3, expectedBytes: 10 }

    for (const code of ['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']) {
      expect(failureOf(coded(code), context)).toMatchObject({
        kind: 'ChunkedEncodingError',
        message: 'example.test:443 broke off the body of its reply after 3 of 10 bytes.',
      })
    }
  })

  test('says in MiB how far a large body came', () => {
    const context = { ...CONTEXT, hasHead: true, bodyBytes: 3 * 1024 * 1024, expectedBytes: 8 * 1024 * 1024 }

    expect(failureOf(coded('ECONNRESET'), context).message).toContain('after 3.0 of 8.0 MiB.')
  })

  test('knows a break during the handshake from one after it', () => {
    expect(failureOf(coded('ECONNRESET'), { ...CONTEXT, stage: 'tls' })).toMatchObject({
      kind: 'SSLError',
      message: 'example.test:443 closed the connection during the TLS handshake.',
    })
  })

  test('shows the first 2 KiB of what was received instead of a head', () => {
    const { details } = failureOf(coded('HPE_INVALID_CONSTANT'), { ...CONTEXT, received: Buffer.alloc(5000, 0xe9) }).parts

    expect(details).toMatchObject({ received: 'é'.repeat(2048), receivedBytes: 5000 })
    expect(Buffer.from(String(details?.receivedBase64), 'base64')).toHaveLength(2048)
  })

  test('passes on what already has a kind', () => {
    const known = new CoreError('FileNotFound', 'prepare', 'The file is gone.')

    expect(failureOf(known, CONTEXT)).toBe(known)
  })

  test('gives what it does not know in the words of the library', () => {
    expect(failureOf(coded('E_NEVER_SEEN'), CONTEXT)).toMatchObject({
      kind: 'ConnectionError',
      message: 'The connection to example.test:443 failed: words of the library.',
    })
  })
})
