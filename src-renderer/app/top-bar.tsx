/** The bar on top: the side bar's switch, what the request in front goes with, the palette, the cookies, the theme, help and the settings. */
import Contrast from 'lucide-react/icons/contrast'
import HelpIcon from 'lucide-react/icons/circle-question-mark'
import CookieIcon from 'lucide-react/icons/cookie'
import Monitor from 'lucide-react/icons/monitor'
import Moon from 'lucide-react/icons/moon'
import PanelLeft from 'lucide-react/icons/panel-left'
import Play from 'lucide-react/icons/play'
import Search from 'lucide-react/icons/search'
import SettingsIcon from 'lucide-react/icons/settings'
import Sun from 'lucide-react/icons/sun'
import { memo } from 'react'
import { openCookies } from '../actions/cookies.ts'
import { openManual } from '../actions/manual.ts'
import { showRunner } from '../actions/runs.ts'
import { changeSettings } from '../actions/settings.ts'
import { openTour } from '../actions/tour.ts'
import type { Theme } from '../actions/theme.ts'
import { shortcutText } from '../lib/shortcut-text.ts'
import { showsSidebar, useLayoutStore } from '../stores/layout-store.ts'
import { useSettingsStore, useShortcut } from '../stores/settings-store.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { toggleSidebar, type Openers } from './app-actions.ts'
import { Choosers } from './choosers.tsx'
import styles from './top-bar.module.css'
import { t } from '../lib/t.ts'

export const TopBar = memo(function TopBar({ openPalette, openSettings }: Openers) {
  const sidebarVisible = useLayoutStore(showsSidebar)
  const { shortcut: palette } = useShortcut('palette.open')
  return (
    <header className={styles.bar}>
      <IconButton
        label={t`Side bar`}
        {...useShortcut('sidebar.toggle')}
        aria-expanded={sidebarVisible}
        data-toggles-side-bar
        icon={<PanelLeft />}
        onClick={toggleSidebar}
      />
      <Choosers />
      <span className={styles.space} />
      <button type="button" className={styles.search} onClick={() => openPalette('all')}>
        <Search aria-hidden="true" />
        <span>{t`Search`}</span>
        {palette !== undefined && <kbd aria-hidden="true">{shortcutText(palette)}</kbd>}
      </button>
      <IconButton label={t`Run requests`} icon={<Play />} onClick={showRunner} />
      <IconButton label={t`Cookies`} {...useShortcut('cookies.open')} icon={<CookieIcon />} onClick={() => openCookies()} />
      <ThemeSwitch />
      <HelpMenu openSettings={openSettings} />
      <IconButton label={t`Settings`} {...useShortcut('settings.open')} icon={<SettingsIcon />} onClick={() => openSettings()} />
    </header>
  )
})

function HelpMenu({ openSettings }: Pick<Openers, 'openSettings'>) {
  const items = [
    { label: t`Manual`, ...useShortcut('manual.open'), onSelect: () => openManual() },
    { label: t`Welcome tour`, onSelect: () => void openTour() },
    { label: t`Keyboard shortcuts`, ...useShortcut('shortcuts.open'), onSelect: () => openSettings('shortcuts') },
  ]
  return <Menu align="end" items={items} trigger={<IconButton label={t`Help`} icon={<HelpIcon />} />} />
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'high-contrast', 'high-contrast': 'system' }
const WORDS: Readonly<Record<Theme, string>> = {
  system: t`as the system`,
  light: t`light`,
  dark: t`dark`,
  'high-contrast': t`high contrast`,
}

function ThemeSwitch() {
  const theme = useSettingsStore((state) => state.settings.theme)
  const icon = { system: <Monitor />, light: <Sun />, dark: <Moon />, 'high-contrast': <Contrast /> }[theme]
  return <IconButton label={t`Theme: ${WORDS[theme]}`} icon={icon} onClick={() => void changeSettings({ theme: NEXT[theme] })} />
}
