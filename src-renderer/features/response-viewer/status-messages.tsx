/** What the request wants shown for the status that came, above everything else of the answer. */
import MessageSquareText from 'lucide-react/icons/message-square-text'
import styles from './status-messages.module.css'
import { t } from '../../lib/t.ts'

export function StatusMessages({ messages }: { readonly messages: readonly string[] }) {
  if (messages.length === 0) return null
  return (
    <ul className={styles.messages} aria-label={t`Messages for this status`}>
      {messages.map((message, index) => (
        <li key={index} className={styles.message}>
          <MessageSquareText aria-hidden="true" />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  )
}
