/** Where things are kept, and which version this is. */
import { revealFolder } from '../../actions/collections.ts'
import { useCapability } from '../../platform/use-capability.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { SettingRow } from './setting-row.tsx'
import styles from './settings.module.css'
import { rich, t } from '../../lib/t.ts'

export function DataPart() {
  const info = useAppStore((state) => state.info)
  const file = useSettingsStore((state) => state.file)
  return (
    <>
      <SettingRow
        id="dataFolder"
        label={t`Data folder`}
        help={t`Drafts, history, cookies, secrets, and collections without a folder of their own.`}
      >
        {info && <Path path={info.dataDir} name={t`data folder`} />}
      </SettingRow>
      <SettingRow
        id="settingsFile"
        label={t`Settings file`}
        help={t`JSON, safe to edit by hand; what is written there shows here at once.`}
      >
        {file && <Path path={file.path} name={t`settings file`} />}
      </SettingRow>
      <SettingRow id="version" label={t`Version`}>
        <span className={styles.versions}>
          <span>{rich`Posthaste ${info?.version}`}</span>
          {Object.entries(info?.engines ?? {}).map(([name, version]) => (
            <span key={name} className={styles.engine}>
              {name} {version}
            </span>
          ))}
        </span>
      </SettingRow>
    </>
  )
}

function Path({ path, name }: { readonly path: string; readonly name: string }) {
  const canReveal = useCapability('reveal')
  return (
    <span className={styles.pathLine}>
      <span className={styles.path}>{path}</span>
      {canReveal ? (
        <Button aria-label={t`Show the ${name}`} onClick={() => void revealFolder(path)}>{t`Show`}</Button>
      ) : (
        <CopyButton label={t`Copy the path of the ${name}`} text={() => path} />
      )}
    </span>
  )
}
