/** Beside a password or a token that is typed: the offer to keep it as a secret, so that no file holds it. */
import { keepAsSecret } from '../actions/keep-secret.ts'
import { Button } from '../ui/button.tsx'
import { useAuthForm } from './auth-form-context.ts'
import styles from '../ui/controls/controls.module.css'
import { t } from '../lib/t.ts'

interface KeepSecretProps {
  /** Of the field, such as `clientSecret`: the variable's name begins with it. */
  readonly name: string
  readonly value: string
  readonly onKept: (reference: string) => void
}

export function KeepSecret({ name, value, onKept }: KeepSecretProps) {
  const { collectionId } = useAuthForm()
  if (collectionId === null || value === '' || value.includes('{{')) return null
  const keep = async (): Promise<void> => {
    const reference = await keepAsSecret(value, suggestedName(name), collectionId)
    if (reference !== null) onKept(reference)
  }
  return <Button variant="ghost" className={styles.keepSecret ?? ''} onClick={() => void keep()}>{t`Keep as a secret…`}</Button>
}

/** `value` is that of an API key or of a header, which says nothing as a name. */
function suggestedName(name: string): string {
  return name === 'value' ? 'api_key' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
