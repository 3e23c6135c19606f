/**
 * Every option of curl: whether it takes a value, and its short name. From `curl --help all` of 7.88 and what later
 * versions added up to 8.17. What an option does is elsewhere; those named in `SILENT` shape no request.
 */

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** Options that take a value. */
const VALUED = words(`
  abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at
  cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation
  dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save
  expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode
  happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
  keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt
  max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max parallel-max-host pass
  pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type
  proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
  proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range
  rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4
  socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond
  tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file
  upload-flags url url-query user user-agent variable vlan-priority write-out knownhosts out-null-file`)

/** Options that take none, which `--no-` turns off. */
const FLAGS = words(`
  anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt
  disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body false-start
  follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control get globoff
  haproxy-protocol head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include
  insecure ipv4 ipv6 junk-session-cookies list-only location location-trusted mail-rcpt-allowfails manual metalink mptcp
  negotiate netrc netrc-optional next alpn buffer clobber keepalive npn progress-meter sessionid ntlm ntlm-wb out-null
  parallel parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-anyauth proxy-basic proxy-ca-native
  proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert
  proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors
  retry-connrefused sasl-ir show-error show-headers silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl
  ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort ssl-sessions sslv2 sslv3 styled-output
  suppress-connect-headers tcp-fastopen tcp-nodelay test-event tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2
  tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version xattr dump-ca-embed`)

/** Those that are about output, progress, or protocols other than HTTP: nothing of the request is in them. */
const SILENT = new Set(
  words(`
  append buffer clobber compressed compressed-ssh cookie-jar create-dirs create-file-mode disable disable-eprt disable-epsv
  dump-header etag-save fail fail-early fail-with-body form-escape ftp-account ftp-alternative-to-user ftp-create-dirs
  ftp-method ftp-pasv ftp-port ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-ccc-mode ftp-ssl-control
  happy-eyeballs-timeout-ms help hostpubmd5 hostpubsha256 include keepalive keepalive-cnt keepalive-time libcurl limit-rate
  list-only mail-auth mail-from mail-rcpt mail-rcpt-allowfails manual max-filesize metalink mptcp npn out-null output
  output-dir parallel parallel-immediate parallel-max parallel-max-host progress-bar progress-meter pubkey quote rate
  remote-header-name remote-name remote-name-all remote-time remove-on-error sasl-authzid sasl-ir sessionid show-error
  show-headers silent skip-existing speed-limit speed-time ssl ssl-reqd ssl-sessions stderr styled-output
  suppress-connect-headers tcp-fastopen tcp-nodelay telnet-option test-event tftp-blksize tftp-no-options tls-earlydata
  trace trace-ascii trace-config trace-ids trace-time verbose version write-out xattr netrc netrc-optional alpn tcp-nodelay
  ca-native false-start raw ignore-content-length egd-file random-file expect100-timeout ip-tos vlan-priority dump-ca-embed
  upload-flags knownhosts http0.9 cert-status socks5-basic basic http1.1`),
)

const SHORTS: Readonly<Record<string, string>> = {
  ...{ '0': 'http1.0', '1': 'tlsv1', '2': 'sslv2', '3': 'sslv3', '4': 'ipv4', '6': 'ipv6', ':': 'next', '#': 'progress-bar' },
  ...{ a: 'append', A: 'user-agent', b: 'cookie', B: 'use-ascii', c: 'cookie-jar', C: 'continue-at', d: 'data' },
  ...{ D: 'dump-header', e: 'referer', E: 'cert', f: 'fail', F: 'form', g: 'globoff', G: 'get', h: 'help', H: 'header' },
  ...{ i: 'include', I: 'head', j: 'junk-session-cookies', J: 'remote-header-name', k: 'insecure', K: 'config' },
  ...{ l: 'list-only', L: 'location', m: 'max-time', M: 'manual', n: 'netrc', N: 'no-buffer', o: 'output', O: 'remote-name' },
  ...{ p: 'proxytunnel', P: 'ftp-port', q: 'disable', Q: 'quote', r: 'range', R: 'remote-time', s: 'silent' },
  ...{ S: 'show-error', t: 'telnet-option', T: 'upload-file', u: 'user', U: 'proxy-user', v: 'verbose', V: 'version' },
  ...{ w: 'write-out', x: 'proxy', X: 'request', y: 'speed-time', Y: 'speed-limit', z: 'time-cond', Z: 'parallel' },
}

const TAKES_VALUE = new Set(VALUED)
const TAKES_NONE = new Set(FLAGS)
const ALL = [...VALUED, ...FLAGS]

export interface CurlOption {
  readonly name: string
  readonly takesValue: boolean
  /** Turned off by `--no-`. */
  readonly isOff: boolean
  /** Written `--expand-`: variables of curl in the value are filled in. */
  readonly isExpanded: boolean
}

/** @returns undefined for an option that curl does not have */
export function longOption(name: string): CurlOption | undefined {
  if (name.startsWith('expand-')) {
    const inner = longOption(name.slice('expand-'.length))
    return inner?.takesValue ? { ...inner, isExpanded: true } : undefined
  }
  if (TAKES_VALUE.has(name)) return option(name, true)
  if (TAKES_NONE.has(name)) return option(name, false)
  const off = name.startsWith('no-') ? name.slice('no-'.length) : ''
  if (TAKES_NONE.has(off)) return { ...option(off, false), isOff: true }
  // As curl before 8.10: a beginning that only one option has.
  const likely = ALL.filter((one) => one.startsWith(name))
  const [only] = likely
  return likely.length === 1 && only !== undefined ? option(only, TAKES_VALUE.has(only)) : undefined
}

export function shortOption(letter: string): CurlOption | undefined {
  return Object.hasOwn(SHORTS, letter) ? longOption(SHORTS[letter] ?? '') : undefined
}

function option(name: string, takesValue: boolean): CurlOption {
  return { name, takesValue, isOff: false, isExpanded: false }
}

/** Whether nothing of the request is in the option. */
export function isSilent(name: string): boolean {
  return SILENT.has(name)
}
