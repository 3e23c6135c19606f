/**
 * The value of a secret: masked, shown when asked for, and written to where secrets are kept with every key. It is never part
 * of the row, so that it is in no draft, journal or file that is shared.
 */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'
import { IconButton } from '../button.tsx'
import styles from './variable-table.module.css'
import { t } from '../../lib/t.ts'

/** Where values of secrets are kept; a row is named by its place too, since a renamed one is kept under its old name till it is saved. */
export interface Secrets {
  /** Whether it has a value on this machine; undefined: that is not known yet. */
  readonly isSet: (name: string, index: number) => boolean | undefined
  /** Null: it has none, or it cannot be read. */
  readonly read: (name: string, index: number) => Promise<string | null>
  readonly set: (name: string, index: number, value: string) => void
}

interface SecretCellProps {
  readonly index: number
  readonly name: string
  readonly secrets: Secrets
}

export function SecretCell({ index, name, secrets }: SecretCellProps) {
  // Null: neither typed nor read.
  const [text, setText] = useState<string | null>(null)
  const [isShown, setIsShown] = useState(false)
  const isSet = secrets.isSet(name, index)
  const isNamed = name.trim() !== ''
  const toggle = async (): Promise<void> => {
    if (isShown) {
      // What is hidden again is not kept here either.
      setText(null)
      setIsShown(false)
      return
    }
    if (text === null) {
      const kept = await secrets.read(name, index)
      // Someone quick has typed meanwhile.
      setText((typed) => typed ?? kept)
    }
    setIsShown(true)
  }
  const type = (value: string): void => {
    setText(value)
    secrets.set(name, index, value)
  }
  return (
    <div className={styles.secret}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        className={styles.secretInput}
        aria-label={t`Value`}
        data-cell="value"
        data-masked={!isShown}
        data-missing={isNamed && isSet === false}
        disabled={!isNamed}
        placeholder={placeholderOf(isNamed, isSet)}
        // What was forgotten by the row's menu is not shown on.
        value={isSet === false ? '' : (text ?? '')}
        onChange={(event) => type(event.target.value)}
        data-own-undo
      />
      <IconButton
        label={isShown ? t`Hide the secret` : t`Reveal the secret`}
        className={styles.reveal ?? ''}
        icon={isShown ? <EyeOff /> : <Eye />}
        disabled={!isNamed || (!isShown && text === null && isSet !== true)}
        onClick={() => void toggle()}
      />
    </div>
  )
}

function placeholderOf(isNamed: boolean, isSet: boolean | undefined): string {
  if (!isNamed) return t`Name it first`
  if (isSet === undefined) return ''
  return isSet ? '••••••••' : t`Not set on this machine`
}
