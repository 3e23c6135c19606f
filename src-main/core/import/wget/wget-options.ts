/** The options of wget 1.21 and wget2 that concern a request, its way, or its result, from `wget --help`. */
import { names, type OptionTable } from '../request-parts/option-words.ts'

export const WGET_OPTIONS: OptionTable = {
  valued: names(`
    accept accept-regex append-output base bind-address body-data body-file ca-certificate ca-directory certificate
    certificate-type choose-config ciphers compression config connect-timeout crl-file cut-dirs default-page directory-prefix
    dns-timeout dns-servers domains egd-file exclude-directories exclude-domains execute follow-tags ftp-password ftp-user header
    hsts-file http-passwd http-password http-user https-enforce ignore-tags include-directories input-file level limit-rate
    load-cookies local-encoding max-redirect method output-document output-file password pinnedpubkey post-data post-file
    prefer-family private-key private-key-type progress proxy-password proxy-user quota random-file read-timeout referer
    reject reject-regex rejected-log remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies
    secure-protocol start-pos timeout tries use-askpass user user-agent wait waitretry warc-file warc-header`),
  flags: names(`
    adjust-extension ask-password auth-no-challenge background backup-converted content-disposition content-on-error continue
    convert-links debug delete-after follow-ftp force-directories force-html help ignore-case ignore-length inet4-only
    inet6-only keep-session-cookies mirror no-cache no-check-certificate no-clobber no-config no-cookies no-directories
    no-dns-cache no-glob no-host-directories no-hsts no-http-keep-alive no-iri no-netrc no-parent no-passive-ftp no-proxy
    no-use-server-timestamps no-verbose no-warc-digests page-requisites protocol-directories quiet random-wait recursive
    relative retry-connrefused retry-on-host-error save-headers server-response show-progress span-hosts spider strict-comments
    timestamping trust-server-names unlink verbose version xattr https-only http-keep-alive`),
  shorts: {
    ...{ A: 'accept', B: 'base', D: 'domains', I: 'include-directories', O: 'output-document', P: 'directory-prefix', Q: 'quota' },
    ...{ R: 'reject', S: 'server-response', T: 'timeout', U: 'user-agent', X: 'exclude-directories', a: 'append-output' },
    ...{ b: 'background', c: 'continue', d: 'debug', e: 'execute', h: 'help', i: 'input-file', k: 'convert-links', l: 'level' },
    ...{ m: 'mirror', o: 'output-file', p: 'page-requisites', q: 'quiet', r: 'recursive', t: 'tries', v: 'verbose', w: 'wait' },
    ...{ x: 'force-directories', '4': 'inet4-only', '6': 'inet6-only', nv: 'no-verbose', nc: 'no-clobber', nd: 'no-directories' },
    ...{ nH: 'no-host-directories', np: 'no-parent', N: 'timestamping', K: 'backup-converted', E: 'adjust-extension' },
    ...{ H: 'span-hosts', L: 'relative', F: 'force-html', V: 'version' },
  },
}

/** Those that shape what is sent, and cannot be carried over. */
export const LOST = names(`
  ask-password bind-address certificate-type ciphers continue crl-file input-file mirror no-cookies page-requisites pinnedpubkey
  proxy-password proxy-user recursive use-askpass inet4-only inet6-only no-cache`)
