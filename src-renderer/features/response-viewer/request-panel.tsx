/** The request exactly as it was sent: what went over the socket, in its three parts. Secrets are hidden until asked for. */
import Archive from 'lucide-react/icons/archive'
import Binary from 'lucide-react/icons/binary'
import Copy from 'lucide-react/icons/copy'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useContext, useState, type ReactNode } from 'react'
import type { SentRequest } from '#contract/model/exchange.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { copyAsHar, saveAsHar } from '../../actions/har.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { maskTexts } from '../../lib/mask-texts.ts'
import { hexDump } from './hex-rows.ts'
import { headParts, type HeadParts } from './masked-head.ts'
import styles from './request-panel.module.css'
import { SecretTexts } from './secret-texts.ts'
import { ShownExchange } from './shown-exchange.ts'
import { SentBody, sentBodyText } from './sent-body.tsx'
import { rich, t } from '../../lib/t.ts'

export interface RequestPanelProps {
  readonly request: SentRequest
  /** Names the editor's model. */
  readonly modelKey: string
}

const NO_SECRETS: readonly string[] = []

export function RequestPanel({ request, modelKey }: RequestPanelProps) {
  const [reveal, setReveal] = useState(false)
  const secrets = useContext(SecretTexts)
  const shown = useContext(ShownExchange)
  const hidden = reveal ? NO_SECRETS : secrets
  const head = headParts(request.head, reveal, secrets, request.secretParams)
  const [asBytes, setAsBytes] = useState(false)
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <span className={styles.caption}>{rich`Exactly as it was sent to ${hostOf(request.url)}`}</span>
        <RevealButton
          reveal={reveal}
          canReveal={head.hasSecrets || (secrets.length > 0 && request.bodyId !== null && request.isBodyMasked !== true)}
          isCut={head.isCut || request.isBodyMasked === true}
          onChange={setReveal}
        />
        {!head.isHttp2 && (
          <IconButton label={t`Line and headers in hex`} icon={<Binary />} pressed={asBytes} onClick={() => setAsBytes(!asBytes)} />
        )}
        <Button variant="ghost" icon={<Copy />} onClick={() => void copyRequest(request, head, hidden)}>{t`Copy as text`}</Button>
        {shown && (
          <Menu
            trigger={<Button variant="ghost" icon={<Archive />}>{t`HAR`}</Button>}
            align="end"
            items={[
              { label: t`Copy as HAR, secrets and cookies hidden`, onSelect: () => void copyAsHar(shown, secrets, false) },
              { label: t`Copy as HAR, just as it was sent`, onSelect: () => void copyAsHar(shown, secrets, true) },
              {
                label: t`Save as HAR, secrets and cookies hidden…`,
                separatorBefore: true,
                onSelect: () => void saveAsHar(shown, secrets, false),
              },
              { label: t`Save as HAR, just as it was sent…`, onSelect: () => void saveAsHar(shown, secrets, true) },
            ]}
          />
        )}
      </div>
      <Part name={head.isHttp2 ? t`Pseudo-headers` : t`Request line`}>
        {asBytes ? (
          <HeadBytes lines={[head.requestLine]} isHidden={!reveal && head.hasSecrets} />
        ) : (
          <pre className={styles.head}>{head.requestLine}</pre>
        )}
      </Part>
      <Part name={t`Headers`} note={countText(head.headerLines.length)}>
        {asBytes ? (
          <HeadBytes lines={[...head.headerLines, '']} isHidden={!reveal && head.hasSecrets} />
        ) : (
          <pre className={styles.head}>
            {head.headerLines.map((line, index) => (
              <HeaderLine key={index} line={line} />
            ))}
          </pre>
        )}
      </Part>
      <Part name={t`Body`} note={request.bodyBytes === 0 ? t`none` : formatBytes(request.bodyBytes)} grows={request.bodyId !== null}>
        <SentBody request={request} modelKey={modelKey} secrets={hidden} />
      </Part>
    </div>
  )
}

interface RevealButtonProps {
  readonly reveal: boolean
  readonly canReveal: boolean
  /** Values that were sent are not kept. */
  readonly isCut: boolean
  readonly onChange: (reveal: boolean) => void
}

function RevealButton({ reveal, canReveal, isCut, onChange }: RevealButtonProps) {
  if (!canReveal && !isCut) return null
  // It stays where the keyboard finds it, to say why.
  const refusal = canReveal
    ? {}
    : { 'aria-disabled': true, tooltip: t`The history does not keep the values of secrets: send it again to see them` }
  return (
    <Button variant="ghost" icon={reveal ? <EyeOff /> : <Eye />} onClick={() => canReveal && onChange(!reveal)} {...refusal}>
      {reveal ? t`Hide secrets` : t`Reveal secrets`}
    </Button>
  )
}

interface PartProps {
  readonly name: string
  readonly note?: string
  readonly grows?: boolean
  readonly children: ReactNode
}

function Part({ name, note, grows = false, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={t`Sent ${name.toLowerCase()}`} data-grows={grows}>
      <h2 className={styles.title}>
        {name} {note !== undefined && <span className={styles.note}>{note}</span>}
      </h2>
      {children}
    </section>
  )
}

/** The lines with their ends, as bytes: a head is text of one byte a character. */
function HeadBytes({ lines, isHidden }: { readonly lines: readonly string[]; readonly isHidden: boolean }) {
  if (isHidden) return <p className={styles.nothing}>{t`The bytes hold a secret. Reveal secrets to see them.`}</p>
  const text = lines.map((line) => `${line}\r\n`).join('')
  return <pre className={styles.bytes}>{hexDump(Uint8Array.from(text, (character) => character.charCodeAt(0)))}</pre>
}

function HeaderLine({ line }: { readonly line: string }) {
  const colon = line.indexOf(':')
  return (
    <>
      <span className={styles.headerName}>{line.slice(0, colon + 1)}</span>
      {line.slice(colon + 1)}
      {'\n'}
    </>
  )
}

async function copyRequest(request: SentRequest, head: HeadParts, secrets: readonly string[]): Promise<void> {
  const body = await sentBodyText(request)
  await copyToClipboard([head.requestLine, ...head.headerLines, '', maskTexts(body ?? '', secrets)].join('\n'))
}

function countText(count: number): string {
  return count === 1 ? t`1 line` : t`${count} lines`
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
