/** What the connection was: addresses, protocol, TLS, and the chain of certificates as a picture of who vouches for whom. */
import ShieldAlert from 'lucide-react/icons/shield-alert'
import ShieldCheck from 'lucide-react/icons/shield-check'
import { Fragment, type ReactNode } from 'react'
import type { Connection } from '#contract/model/exchange.ts'
import { localPortText, peerWord, protocolText, remoteText, wayInWords, validityInWords, withoutTls } from './connection-words.ts'
import styles from './connection-facts.module.css'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

type Tls = NonNullable<Connection['tls']>

export interface ConnectionFactsProps {
  readonly connection: Connection
  /** Such as `1.1`. */
  readonly httpVersion: string | null
  /** When it was used, in milliseconds since the epoch: what "days left" counts from. */
  readonly at: number
}

export function ConnectionFacts({ connection, httpVersion, at }: ConnectionFactsProps) {
  const { tls, proxy } = connection
  const localPort = localPortText(connection)
  return (
    <section aria-label={t`Connection used`}>
      <h2 className={styles.title}>{t`Connection`}</h2>
      <dl className={styles.facts}>
        <Fact name={peerWord(connection)}>{remoteText(connection)}</Fact>
        {proxy && <Fact name={t`Way`}>{wayInWords(proxy)}</Fact>}
        {proxy && <Fact name={t`Chosen by`}>{told(proxy.why)}</Fact>}
        {localPort !== null && <Fact name={t`Local port`}>{localPort}</Fact>}
        {httpVersion !== null && <Fact name={t`Protocol`}>{protocolText(httpVersion, tls)}</Fact>}
        <Fact name={t`Encryption`}>{tls === null ? withoutTls(proxy) : [tls.protocol, tls.cipher].filter(Boolean).join(' · ')}</Fact>
      </dl>
      {tls && <Certificates tls={tls} at={at} />}
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Certificates({ tls, at }: { readonly tls: Tls; readonly at: number }) {
  return (
    <>
      <h2 className={styles.title}>{t`Certificates`}</h2>
      <p className={styles.verdict} data-trusted={tls.authorized}>
        {tls.authorized ? <ShieldCheck aria-hidden="true" /> : <ShieldAlert aria-hidden="true" />}
        {tls.authorized
          ? t`Verified: a trusted authority vouches for this server.`
          : t`Not verified: anyone could have answered in this server’s name.`}
      </p>
      <CertificateChain certificates={tls.certificates} at={at} />
    </>
  )
}

export interface CertificateChainProps {
  /** The server's own first. */
  readonly certificates: Tls['certificates']
  readonly at: number
}

/** Certificates as a chain, each below the one it vouches for. */
export function CertificateChain({ certificates, at }: CertificateChainProps) {
  return (
    <ol className={styles.chain}>
      {certificates.map((certificate, index) => (
        <li key={index} className={styles.certificate}>
          <strong>{certificate.subject}</strong>
          <dl className={styles.facts}>
            <Fact name={t`Issued by`}>{certificate.issuer === certificate.subject ? t`itself (self-signed)` : certificate.issuer}</Fact>
            <Fact name={t`Valid`}>{validityInWords(certificate.validFrom, certificate.validTo, at)}</Fact>
            {certificate.altNames !== null && <Fact name={t`Names`}>{certificate.altNames}</Fact>}
            <Fact name={t`SHA-256`}>{inPairs(certificate.fingerprint256)}</Fact>
          </dl>
        </li>
      ))}
    </ol>
  )
}

/** A fingerprint that goes to a new line between its bytes, and is copied as it is. */
function inPairs(fingerprint: string): ReactNode {
  return fingerprint.split(/(?<=:)/).map((byte, index) => (
    <Fragment key={index}>
      {byte}
      <wbr />
    </Fragment>
  ))
}
