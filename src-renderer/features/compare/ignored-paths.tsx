/** The paths that are left out of every comparison, each to be taken back, and a field for another. */
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { heedPath, ignorePath } from '../../actions/compare.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './compare.module.css'
import { t } from '../../lib/t.ts'

export function IgnoredPaths({ paths }: { readonly paths: readonly string[] }) {
  const [text, setText] = useState('')
  return (
    <div className={styles.ignored} role="group" aria-label={t`Ignored paths`}>
      {paths.length > 0 && <span>{t`Ignored:`}</span>}
      {paths.map((path) => (
        <span key={path} className={styles.chip}>
          <code className={styles.code}>{path}</code>
          <IconButton label={t`Compare ${path} again`} icon={<X />} onClick={() => heedPath(path)} />
        </span>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '') return
          ignorePath(text.trim())
          setText('')
        }}
      >
        <TextInput label={t`Path to ignore`} placeholder={t`updatedAt or $.meta.took`} value={text} onChange={setText} />
        <Button type="submit" disabled={text.trim() === ''}>{t`Ignore`}</Button>
      </form>
    </div>
  )
}
