/** The paths that are left out of every comparison, each to be taken back, and a field for another. */
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { heedPath, ignorePath } from '../../actions/compare.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './compare.module.css'

export function IgnoredPaths({ paths }: { readonly paths: readonly string[] }) {
  const [text, setText] = useState('')
  return (
    <div className={styles.ignored} role="group" aria-label="Ignored paths">
      {paths.length > 0 && <span>Ignored:</span>}
      {paths.map((path) => (
        <span key={path} className={styles.chip}>
          <code className={styles.code}>{path}</code>
          <IconButton label={`Compare ${path} again`} icon={<X />} onClick={() => heedPath(path)} />
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
        <TextInput label="Path to ignore" placeholder="updatedAt or $.meta.took" value={text} onChange={setText} />
        <Button type="submit" disabled={text.trim() === ''}>
          Ignore
        </Button>
      </form>
    </div>
  )
}
