/** The settings, and facts about this Posthaste worth knowing: its version and where it keeps things. */
import { revealFolder } from '../actions/collections.ts'
import { chooseTheme, type Theme } from '../actions/theme.ts'
import { useCapability } from '../platform/use-capability.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { HistorySettings } from './history-settings.tsx'
import styles from './settings-dialog.module.css'

const THEMES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'high-contrast', label: 'High contrast' },
]

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const theme = useSettingsStore((state) => state.settings.theme)
  const info = useAppStore((state) => state.info)
  const canReveal = useCapability('reveal')
  return (
    <Dialog open onClose={onClose} title="Settings">
      <dl className={styles.list}>
        <dt>Theme</dt>
        <dd>
          <Select label="Theme" value={theme} options={THEMES} onChange={(next) => void chooseTheme(next)} />
        </dd>
        <HistorySettings />
        <dt>Version</dt>
        <dd>{info?.version}</dd>
        <dt>Data folder</dt>
        <dd className={styles.folder}>
          <span className={styles.path}>{info?.dataDir}</span>
          {canReveal && info && <Button onClick={() => void revealFolder(info.dataDir)}>Show</Button>}
        </dd>
        {Object.entries(info?.engines ?? {}).map(([name, version]) => (
          <div key={name} className={styles.row}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
