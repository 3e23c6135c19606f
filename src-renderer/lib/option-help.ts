/**
 * What each option does, in a sentence, and what Python calls it: the one table that all help beside options is from, whoever's
 * options they are. Kinds of credentials and of bodies are in it, too. Made anew where it is asked for, not once for good.
 */
import { t } from './t.ts'

export interface OptionHelp {
  readonly text: string
  /** In the words of requests, or of the package that does it there; null: it has none. */
  readonly python: string | null
}

/** @param id key of the option in a request, such as `timeout.read`; `auth.basic` and `body.json` for kinds */
export function optionHelp(id: OptionId): OptionHelp {
  return { ...sending(), ...redirects(), ...retries(), ...tls(), ...ways(), ...sessions(), ...credentials(), ...bodies() }[id]
}

/** Every option that has help. */
export function optionIds(): readonly OptionId[] {
  // The keys of the tables are the ids.
  return Object.keys({
    ...sending(),
    ...redirects(),
    ...retries(),
    ...tls(),
    ...ways(),
    ...sessions(),
    ...credentials(),
    ...bodies(),
  }) as OptionId[]
}

type Tables = ReturnType<typeof sending> &
  ReturnType<typeof redirects> &
  ReturnType<typeof retries> &
  ReturnType<typeof tls> &
  ReturnType<typeof ways> &
  ReturnType<typeof sessions> &
  ReturnType<typeof credentials> &
  ReturnType<typeof bodies>
export type OptionId = keyof Tables

const row = (text: string, python: string | null): OptionHelp => ({ text, python })

function sending() {
  return {
    behaviour: row(t`Whose rules hold in all that is not typed: the head, encodings, timeouts, redirects.`, null),
    'timeout.connect': row(t`Longest wait for a connection: looking the host up, connecting, TLS.`, 'timeout=(connect, …)'),
    'timeout.read': row(t`Longest silence while waiting for the answer or between two parts of it.`, 'timeout=(…, read)'),
    'timeout.total': row(t`From Send to the last byte, redirects included. Empty: no limit.`, null),
    session: row(
      t`The session whose headers, credentials, cookies and options are used, whichever is chosen in the top bar.`,
      'requests.Session()',
    ),
    raiseForStatus: row(
      t`On: such an answer counts as HTTPError, fails the request’s checks, and nothing is captured from it.`,
      'r.raise_for_status()',
    ),
    chunkedUpload: row(
      t`The one file of the body is cut into slices, and each is sent by a request of its own, one after the other. Two text fields before the file say which slice it is, from 0, and of how many.`,
      null,
    ),
    'chunkedUpload.parts': row(t`A file has never more parts than bytes. They are of one length but for the last.`, null),
    'chunkedUpload.fields': row(t`The names of the two text fields: the number of the part, from 0, and how many there are.`, null),
  }
}

function redirects() {
  return {
    followRedirects: row(t`On: a 301, 302, 303, 307 or 308 is followed, and every hop is kept to look at.`, 'allow_redirects=True'),
    maxRedirects: row(t`One more than this fails with TooManyRedirects.`, 'Session.max_redirects'),
    stepRedirects: row(
      t`On: the next request is shown before it is sent, and you decide. Time stands still meanwhile.`,
      t`allow_redirects=False, then Response.next`,
    ),
  }
}

function retries() {
  return {
    retry: row(t`Off: one try. On: failures are tried again, and every attempt is kept to look at.`, 'HTTPAdapter(max_retries=Retry(…))'),
    'retry.total': row(t`The most of one hop, whatever the causes are.`, 'Retry(total=…)'),
    'retry.connect': row(
      t`Refused, not found, no answer while connecting. Tried again for every method: nothing was sent yet.`,
      'Retry(connect=…)',
    ),
    'retry.read': row(
      t`The request was sent, and then silence or a broken connection. Tried again only for the methods below.`,
      'Retry(read=…)',
    ),
    'retry.status': row(t`Answers with a status that is listed below, or that says when to try again.`, 'Retry(status=…)'),
    'retry.other': row(
      t`A certificate that is not trusted, a proxy that says no: tried again only where Behave like is Python requests.`,
      'Retry(other=…)',
    ),
    'retry.backoffFactor': row(t`No wait before the first retry; then this, times 2, 4, 8 and so on.`, 'Retry(backoff_factor=…)'),
    'retry.backoffMax': row(t`No wait grows beyond it.`, 'Retry(backoff_max=…)'),
    'retry.backoffJitter': row(
      t`Up to so much is added by chance, so that many clients do not come back at once.`,
      'Retry(backoff_jitter=…)',
    ),
    'retry.statusForcelist': row(t`Answers that are tried again.`, 'Retry(status_forcelist=[…])'),
    'retry.allowedMethods': row(
      t`Once something was sent, only these are tried again: a POST may have been taken although no answer came.`,
      'Retry(allowed_methods=[…])',
    ),
    'retry.respectRetryAfter': row(
      t`A 413, 429 or 503 that says when to try again is tried then, listed or not.`,
      'Retry(respect_retry_after_header=True)',
    ),
    'retry.raiseOnStatus': row(
      t`On: a status that stays ends with RetryError, its last answer kept. Off: that answer stands.`,
      'Retry(raise_on_status=True)',
    ),
  }
}

function tls() {
  return {
    verify: row(t`On: the server must prove who it is.`, 'verify=True'),
    'verify.path': row(
      t`A PEM file of authorities, or a folder of them, to trust instead of the system’s and those of REQUESTS_CA_BUNDLE; below the collection’s folder it may be relative.`,
      'verify="path"',
    ),
    'cert.cert': row(t`The PEM file of the certificate that says who you are. It may hold the key as well.`, 'cert="client.pem"'),
    'cert.key': row(t`The PEM file of the certificate’s key, where it is in a file of its own.`, 'cert=("client.pem", "client.key")'),
    'cert.pfx': row(t`Certificate and key in one .pfx or .p12 file, in place of PEM files.`, null),
    'cert.passphrase': row(
      t`Of an encrypted key or a PFX file. It is saved in the file: better a variable, such as {{passphrase}}.`,
      'SSLContext.load_cert_chain(password=…)',
    ),
    tls: row(t`The oldest and the newest version of TLS that is spoken.`, t`SSLContext.minimum_version, maximum_version`),
  }
}

function ways() {
  return {
    proxies: row(
      t`The proxy that URLs of a scheme, or of a scheme and host, go through; an empty one: none.`,
      'proxies={"https": "http://host:port"}',
    ),
    noProxy: row(t`Hosts to go to directly, such as localhost, .corp, 10.0.0.0/8. In place of NO_PROXY.`, 'proxies={"no_proxy": "…"}'),
    trustEnv: row(
      t`On: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY count where there is no rule here, and CA files of the environment.`,
      'Session.trust_env',
    ),
    http2: row(
      t`Offered to servers of https:// by ALPN; what the server chose is shown under Timing. The head then has :authority for Host, and names in lower case. --http2 in curl.`,
      null,
    ),
    lenient: row(
      t`Reads answers that break the rules of HTTP: folded header lines, lines that end in LF, chunks beside a length. Only for a server you know.`,
      null,
    ),
    encoding: row(t`Reads the text of the answer in this encoding, whatever the answer says.`, 'r.encoding = "…"'),
    unixSocket: row(
      String.raw`Connects to this socket (on Windows a pipe, such as \\.\pipe\docker_engine) in place of the host of the URL. No proxy is then used. --unix-socket in curl.`,
      null,
    ),
    resolve: row(t`Connects to this address for a host, or host and port, without looking it up. --resolve in curl.`, null),
  }
}

function sessions() {
  return {
    'session.headers': row(
      t`Sent with every request that goes with it, unless the request or one of its folders has the name.`,
      'Session.headers',
    ),
    'session.params': row(t`Put behind the query of every request, unless it has the name.`, 'Session.params'),
    'session.cookies': row(
      t`Sent with every request, beside those of the jar. They are part of the file; cookies of the jar are on this machine only.`,
      'Session.cookies',
    ),
    'pool.maxConnections': row(t`So many connections at a time.`, 'HTTPAdapter(pool_maxsize=…)'),
    'pool.keepAlive': row(t`So long an idle connection is kept to be used again.`, null),
  }
}

function credentials() {
  return {
    'auth.none': row(t`No credentials of its own.`, 'auth=None'),
    'auth.inherit': row(t`Those of the nearest folder, the session or the collection.`, 'Session.auth'),
    'auth.basic': row(t`Name and password in one header, readable for whoever sees it: only over https.`, 'auth=("user", "password")'),
    'auth.bearer': row(t`A token in the Authorization header.`, 'headers={"Authorization": "Bearer …"}'),
    'auth.digest': row(
      t`Name and password proven to a server that asks, without sending the password.`,
      'auth=HTTPDigestAuth("user", "password")',
    ),
    'auth.apikey': row(t`A key in a header or in the query, as the service has it.`, 'headers={"X-API-Key": "…"} or params={…}'),
    'auth.header': row(t`One header of your own.`, t`a class of yours that extends AuthBase`),
    'auth.oauth2': row(t`A token that is got, refreshed and sent for you.`, t`OAuth2Session(…) of requests-oauthlib`),
    'auth.oauth1': row(t`Each request is signed with the secrets of client and token.`, t`auth=OAuth1(…) of requests-oauthlib`),
    'auth.awsv4': row(t`Each request is signed as AWS asks for, with Signature Version 4.`, t`auth=AWS4Auth(…) of requests-aws4auth`),
  }
}

function bodies() {
  return {
    'body.none': row(t`Nothing is sent behind the head.`, t`no data=, json= or files=`),
    'body.json': row(t`The text as it stands, with its Content-Type.`, 'json=…'),
    'body.form': row(t`Fields as an HTML form sends them, in one line.`, 'data={…}'),
    'body.multipart': row(t`Fields and files, each a part with a head of its own.`, 'files={…}, data={…}'),
    'body.text': row(t`Any text, as it stands.`, 'data="…"'),
    'body.xml': row(t`The text as it stands, with its Content-Type.`, 'data="…", headers={"Content-Type": "application/xml"}'),
    'body.graphql': row(t`A query with its variables, sent as JSON.`, 'json={"query": "…", "variables": {…}}'),
    'body.file': row(t`A file as it is, read while it is sent, however large.`, 'data=open("…", "rb")'),
    'body.websocket': row(t`Messages over a connection that stays open.`, null),
  }
}
