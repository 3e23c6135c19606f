/** Says that the settings' file cannot be understood, or not all of it, and what can be done. */
import { revealFolder } from '../../actions/collections.ts'
import { readSettingsFile, startSettingsAnew } from '../../actions/settings.ts'
import { useCapability } from '../../platform/use-capability.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './settings.module.css'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

export function FileFault() {
  const file = useSettingsStore((state) => state.file)
  const canReveal = useCapability('reveal')
  if (file === null) return null
  if (file.fault === null) return file.ignored.length > 0 ? <Ignored names={file.ignored} /> : null
  return (
    <div className={styles.fault}>
      <ProblemNote
        live
        message={file.fault}
        hint={t`The default settings hold, and nothing is written to the file until it is mended or set aside.`}
      />
      <span className={styles.faultActions}>
        {canReveal && <Button onClick={() => void revealFolder(file.path)}>{t`Show the file`}</Button>}
        <Button onClick={() => void readSettingsFile()}>{t`Read it again`}</Button>
        <Button onClick={() => void startSettingsAnew()}>{t`Set it aside and begin anew`}</Button>
      </span>
    </div>
  )
}

function Ignored({ names }: { readonly names: readonly string[] }) {
  return (
    <div className={styles.fault}>
      <ProblemNote tone="warning" message={t`The settings file has values that make no sense; their defaults hold.`} hint={listed(names)} />
    </div>
  )
}
