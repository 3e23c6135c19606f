/** The options of HTTPie 3 (`http`, `https`) and of xh, from `http --help`. */
import { names, type OptionTable } from '../request-parts/option-words.ts'

export const HTTPIE_OPTIONS: OptionTable = {
  valued: names(`
    auth auth-type bearer boundary cert cert-key cert-key-pass ciphers default-scheme format-options history-print http-version
    max-headers max-redirects output pretty print proxy raw resolve response-charset response-mime session session-read-only
    ssl style timeout verify interface`),
  flags: names(`
    all body check-status chunked compress continue curl debug download follow form help headers http2 https ignore-netrc
    ignore-stdin ipv4 ipv6 json manual meta multipart native-tls offline path-as-is quiet sorted stream traceback unsorted
    verbose version no-verify no-follow`),
  shorts: {
    ...{ j: 'json', f: 'form', x: 'compress', p: 'print', h: 'headers', m: 'meta', b: 'body', v: 'verbose', P: 'history-print' },
    ...{ s: 'style', S: 'stream', o: 'output', d: 'download', c: 'continue', q: 'quiet', a: 'auth', A: 'auth-type', F: 'follow' },
    ...{ I: 'ignore-stdin', '4': 'ipv4', '6': 'ipv6' },
  },
}

/** Those that shape what is sent, and cannot be carried over. */
export const HTTPIE_LOST = names('boundary chunked ciphers compress interface ipv4 ipv6 max-headers')
