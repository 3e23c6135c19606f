/** Copies a text, and says for a moment that it did. */
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/copy-text.ts'
import { IconButton } from './button.tsx'
import { t } from '../lib/t.ts'

const COPIED_MS = 1500

export function CopyButton({ label, text }: { readonly label: string; /** Asked for when it is copied. */ readonly text: () => string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <IconButton
      label={copied ? t`Copied` : label}
      icon={copied ? <Check /> : <Copy />}
      onClick={() => void copyText(text()).then(setCopied)}
    />
  )
}
