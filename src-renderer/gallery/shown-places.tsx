/** What holds other things: tab strips, lists, folds, pages, and two panes with a divider. */
import Folder from 'lucide-react/icons/folder'
import History from 'lucide-react/icons/history'
import User from 'lucide-react/icons/user-round'
import { useState } from 'react'
import { FoldRegion } from '../ui/fold-region.tsx'
import { ItemList, ListItem } from '../ui/item-list.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { TabPanel, TabStrip, type TabItem } from '../ui/tab-strip.tsx'
import styles from './gallery.module.css'
import { Specimen, Specimens } from './specimen.tsx'

const TABS: readonly TabItem<string>[] = [
  { id: 'params', label: 'Params', badge: 2 },
  { id: 'body', label: 'Body', dot: true },
  { id: 'tests', label: 'Tests', badge: '1/3', tone: 'danger' },
  { id: 'console', label: 'Console', badge: 4, tone: 'success' },
  { id: 'files', label: 'Files', icon: <Folder /> },
  { id: 'past', label: 'History', icon: <History /> },
]

export function ShownPlaces() {
  return (
    <Specimens>
      <Specimen name="Tabs: badges, dots, signs" wide>
        <ShownTabs label="Request" />
      </Specimen>
      <Specimen name="Tabs, small" wide>
        <ShownTabs label="Body view" size="small" />
      </Specimen>
      <Specimen name="Fold, open and folded" wide>
        <ShownFold label="Prepared request" />
        <ShownFold label="Code" isFolded />
      </Specimen>
      <Specimen name="List of a side bar" wide>
        <div className={styles.frame}>
          <ShownList />
        </div>
      </Specimen>
      <Specimen name="Page with unsaved edits" wide>
        <div className={styles.frame}>
          <PageFrame
            label="Environment dev"
            title="dev"
            kind="Environment"
            place="environments/dev.yml"
            isEdited
            onSave={nothing}
            onDiscard={nothing}
            onClose={nothing}
            onTravel={nothing}
          >
            <p className={styles.pane}>What is edited stands here.</p>
          </PageFrame>
        </div>
      </Specimen>
      <Specimen name="Panes beside each other" wide>
        <ShownPanes direction="beside" />
      </Specimen>
      <Specimen name="Panes below each other" wide>
        <ShownPanes direction="below" />
      </Specimen>
    </Specimens>
  )
}

function ShownTabs({ label, size = 'normal' }: { readonly label: string; readonly size?: 'normal' | 'small' }) {
  const [active, setActive] = useState('params')
  return (
    <>
      <TabStrip label={label} tabs={TABS} active={active} onChange={setActive} size={size} />
      <TabPanel strip={label} id={active}>
        <p className={styles.pane}>{TABS.find(({ id }) => id === active)?.label}</p>
      </TabPanel>
    </>
  )
}

function ShownFold({ label, isFolded = false }: { readonly label: string; readonly isFolded?: boolean }) {
  const [folded, setFolded] = useState(isFolded)
  return (
    <FoldRegion label={label} summary="78 B body" isFolded={folded} onToggle={() => setFolded(!folded)}>
      <p className={styles.pane}>POST /users HTTP/1.1</p>
    </FoldRegion>
  )
}

function ShownList() {
  const common = {
    icon: <User width={14} height={14} />,
    useLabel: 'Use',
    menu: [],
    onOpen: nothing,
    onUse: nothing,
    onRename: null,
    onDelete: null,
  }
  return (
    <ItemList label="Sessions" of="Shop API" newLabel="New session" onNew={nothing}>
      {[
        <ListItem key="a" {...common} name="alice" title="alice" isShown isUsed isUnsaved={false} facts="2 headers" />,
        <ListItem
          key="b"
          {...common}
          name="bob"
          title="bob"
          isShown={false}
          isUsed={false}
          isUnsaved
          facts="cannot be read"
          factsTone="danger"
        />,
      ]}
    </ItemList>
  )
}

function ShownPanes({ direction }: { readonly direction: 'beside' | 'below' }) {
  const [share, setShare] = useState(0.5)
  return (
    <div className={styles.frame}>
      <SplitPane
        label={`Resize the panes ${direction} each other`}
        direction={direction}
        unit="share"
        size={share}
        resetTo={0.5}
        minFirst={60}
        minSecond={60}
        onResize={setShare}
        first={<p className={styles.pane}>The first pane</p>}
        second={<p className={styles.pane}>The second pane</p>}
      />
    </div>
  )
}

function nothing(): void {
  // What is shown here does nothing.
}
