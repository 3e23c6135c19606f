/**
 * A page for whoever works on the look: every component of `ui/` in every state, in any theme and at any zoom, with none
 * of the app around it. Opened by `?gallery` in the address, and fetched only then.
 */
import { useState, useSyncExternalStore, type ReactNode } from 'react'
import { Select, type SelectOption } from '../ui/select.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import { ShownButtons, ShownFields } from './shown-controls.tsx'
import { ShownPlaces } from './shown-places.tsx'
import { ShownNotes, ShownWords } from './shown-words.tsx'
import { ShownTables } from './shown-tables.tsx'
import { ShownTokens } from './shown-tokens.tsx'
import styles from './gallery.module.css'

type Look = 'light' | 'dark' | 'light-more' | 'dark-more'
type Zoom = '1' | '1.5' | '2'

const LOOKS: readonly SelectOption<Look>[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'light-more', label: 'Light, high contrast' },
  { value: 'dark-more', label: 'Dark, high contrast' },
]
const ZOOMS: readonly SelectOption<Zoom>[] = [
  { value: '1', label: '100 %' },
  { value: '1.5', label: '150 %' },
  { value: '2', label: '200 %' },
]

export function Gallery() {
  const look = useSyncExternalStore(watchLook, lookOfPage)
  const [zoom, setZoom] = useState<Zoom>('1')
  return (
    <TooltipProvider>
      <div className={styles.page} style={{ zoom }}>
        <header className={styles.head}>
          <h1 className={styles.title}>Components</h1>
          <Select label="Look" showLabel value={look} options={LOOKS} onChange={show} />
          <Select label="Zoom" showLabel value={zoom} options={ZOOMS} onChange={setZoom} />
        </header>
        <main className={styles.parts}>
          <Part title="Colours, sizes and type">
            <ShownTokens />
          </Part>
          <Part title="Buttons and menus">
            <ShownButtons />
          </Part>
          <Part title="Fields">
            <ShownFields />
          </Part>
          <Part title="Words and signs">
            <ShownWords />
          </Part>
          <Part title="Notes and states of a pane">
            <ShownNotes />
          </Part>
          <Part title="Tables">
            <ShownTables />
          </Part>
          <Part title="Tabs, lists, pages and dividers">
            <ShownPlaces />
          </Part>
        </main>
      </div>
    </TooltipProvider>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  )
}

/** The look changes with the system's, too. */
function watchLook(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] })
  return () => observer.disconnect()
}

function lookOfPage(): Look {
  const { theme, contrast } = document.documentElement.dataset
  const scheme = theme === 'dark' ? 'dark' : 'light'
  return contrast === 'more' ? `${scheme}-more` : scheme
}

/** Puts the look on the page; not in the settings, which are the user's. */
function show(look: Look): void {
  const { dataset } = document.documentElement
  dataset['theme'] = look.startsWith('dark') ? 'dark' : 'light'
  dataset['contrast'] = look.endsWith('more') ? 'more' : 'normal'
}
