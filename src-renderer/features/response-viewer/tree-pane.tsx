/** The rows of an open tree with the path of the one that is selected, its keys, its menu and, on demand, a whole value. */
import Copy from 'lucide-react/icons/copy'
import Route from 'lucide-react/icons/route'
import { use, useEffect, useId, useLayoutEffect, useRef, useState, useSyncExternalStore, type MouseEvent } from 'react'
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { copyToClipboard, notice } from '../../actions/bodies.ts'
import { copyNode } from '../../actions/body-tree.ts'
import { assertNode, captureNode } from '../../actions/node-uses.ts'
import { queryExpression } from '../../lib/answer-expressions.ts'
import { IconButton } from '../../ui/button.tsx'
import { ContextMenu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { EXPAND_LIMIT, type TreeModel, type TreePlace, type TreeRow } from './tree-model.ts'
import { BodyTreeRow, indentOf, widthOfLevels } from './tree-row.tsx'
import styles from './tree-view.module.css'
import { WholeValue } from './tree-whole-value.tsx'
import type { PathWords } from './tree-words.ts'
import { UsedIn } from './used-in.ts'
import { usesOf } from './value-menu.tsx'
import { useTreePath, xPathAt } from './use-tree-path.ts'
import type { BodyTree } from '../../actions/body-tree.ts'
import { useBodyTreeKeys } from './use-body-tree-keys.ts'
import { rowHeight, VirtualRows, type RowWindow, type VirtualRowsHandle } from './virtual-rows.tsx'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface TreePaneProps {
  readonly tree: BodyTree
  readonly model: TreeModel
}

interface Shown {
  readonly node: TreeNode
  readonly path: string
}

export function TreePane({ tree, model }: TreePaneProps) {
  useSyncExternalStore(model.subscribe, model.version)
  const id = useId()
  const rows = useRef<VirtualRowsHandle>(null)
  const [place, setPlace] = useState<TreePlace>({ owner: null, index: 0 })
  const [whole, setWhole] = useState<Shown | null>(null)
  const [said, say] = useState('')
  const work = useWork()
  const usedIn = use(UsedIn)
  const selected = placeInSight(model, place)
  const at = model.rowAt(selected)
  const path = useTreePath(tree, at)

  const moveTo = (row: number): void => {
    const next = model.rowAt(row)
    if (next === null) return
    setPlace({ owner: next.owner, index: next.index })
    say('')
    rows.current?.keepInSight(row)
    if (rows.current?.scroller) showStart(rows.current.scroller, next.level)
  }
  const copy = async (text: string | null, done: string): Promise<void> => {
    if (text === null) notice(tree.format === 'json' ? NO_PATH : NO_XPATH)
    else if (await copyToClipboard(text)) say(done)
  }
  const copyPath = (): void => {
    const whole = path === null && at !== null ? xPathAt(tree, at) : Promise.resolve(path?.normalized ?? null)
    void whole.then((text) => copy(text, t`Path copied`))
  }
  const showValue = ({ node }: TreeRow): void => {
    if (node !== undefined) setWhole({ node, path: path?.short ?? '' })
  }
  const keys = useBodyTreeKeys({
    model,
    row: selected,
    rowsOnScreen: () => Math.floor((rows.current?.scroller?.clientHeight ?? 0) / rowHeight()),
    moveTo,
    copyPath,
    showValue,
  })
  const openAll = async (from: TreePlace): Promise<void> => {
    say(t`Opening…`)
    const isWhole = await model.openAll(from, work.begin())
    say(isWhole ? '' : t`Opened the first ${formatNumber(EXPAND_LIMIT)} rows`)
  }
  const items: readonly MenuItem[] = at === null ? [] : menuOf(at, { model, path, copy, copyPath, showValue, openAll, tree, say, usedIn })
  const selectUnder = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
    if (row !== undefined) moveTo(Number(row))
  }

  return (
    <>
      <ContextMenu items={items}>
        <div className={styles.rows} aria-label={t`Tree`} onContextMenu={selectUnder}>
          <VirtualRows
            label={t`Response body`}
            role="tree"
            activeRow={`${id}${selected}`}
            rowCount={model.rowCount}
            width={widthOfLevels(model.levels)}
            handle={rows}
            onKeyDown={keys}
          >
            {(shown) => <VisibleRows id={id} model={model} rows={shown} selected={selected} onSelect={moveTo} onShowAll={showValue} />}
          </VirtualRows>
        </div>
      </ContextMenu>
      {whole !== null && (
        <WholeValue key={whole.node.start} treeId={tree.treeId} node={whole.node} path={whole.path} onClose={() => setWhole(null)} />
      )}
      <div className={styles.bar}>
        <PathText path={path?.short ?? ''} onCopy={(text) => void copy(text, t`Path copied`)} />
        <span className={styles.message} role="status" aria-label={t`Tree`}>
          {said}
        </span>
        <IconButton label={t`Copy path`} shortcut="Ctrl+C" icon={<Route />} onClick={copyPath} />
        <IconButton label={t`Copy value`} icon={<Copy />} onClick={() => void copyValue(tree, at, say)} />
      </div>
    </>
  )
}

/** Scrolls sideways as far as a row so deep needs for its beginning to be seen. */
function showStart(scroller: HTMLDivElement, level: number): void {
  const start = indentOf(level)
  const { scrollLeft, clientWidth } = scroller
  if (start < scrollLeft || start > scrollLeft + clientWidth / 2) scroller.scrollLeft = Math.max(0, start - clientWidth / 4)
}

/** Of a path that is too long the end is shown: it says where one is. A click copies it as it stands there; keys have the button beside it. */
function PathText({ path, onCopy }: { readonly path: string; readonly onCopy: (path: string) => void }) {
  const text = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (text.current) text.current.scrollLeft = text.current.scrollWidth
  }, [path])
  return (
    <code
      ref={text}
      className={styles.path}
      role="group"
      aria-label={t`Path of the selected node`}
      title={path === '' ? undefined : t`Copy ${path}`}
      onClick={() => {
        // A part of it may be selected instead.
        if (path !== '' && getSelection()?.isCollapsed !== false) onCopy(path)
      }}
    >
      {path}
    </code>
  )
}

const NO_PATH = {
  kind: 'TooLarge',
  stage: 'call',
  message: t`A name on the way to this value is too long to be part of a path.`,
} as const

const NO_XPATH = { kind: 'Unavailable', stage: 'call', message: t`XPath has no way to this part of the document.` } as const

interface MenuParts {
  readonly model: TreeModel
  readonly tree: BodyTree
  readonly path: PathWords | null
  readonly copy: (text: string | null, done: string) => Promise<void>
  readonly copyPath: () => void
  readonly showValue: (row: TreeRow) => void
  readonly openAll: (place: TreePlace) => Promise<void>
  readonly say: (text: string) => void
  readonly usedIn: DraftId | null
}

function menuOf(at: TreeRow, { model, tree, path, copy, copyPath, showValue, openAll, say, usedIn }: MenuParts): readonly MenuItem[] {
  const { node } = at
  const paths: readonly MenuItem[] = [
    { label: t`Copy path`, shortcut: 'Ctrl+C', onSelect: copyPath },
    ...(path !== null && path.short !== path.normalized
      ? [{ label: t`Copy short path`, onSelect: () => void copy(path.short, t`Path copied`) }]
      : []),
    ...(typeof node?.name === 'string' && !node.nameCut
      ? [{ label: t`Copy name`, onSelect: () => void copy(node.name, t`Name copied`) }]
      : []),
    { label: t`Copy value`, onSelect: () => void copyValue(tree, at, say) },
    { label: t`Show whole value`, onSelect: () => showValue(at), separatorBefore: true },
    ...(node === undefined || path === null || usedIn === null ? [] : nodeUses(usedIn, tree, node, pathExpression(tree, model, path))),
  ]
  if (at.isOpen === null) return paths
  return [
    ...paths,
    { label: at.isOpen ? t`Collapse` : t`Expand`, onSelect: () => model.toggle(at), separatorBefore: true },
    { label: t`Expand all below`, onSelect: () => void openAll(at) },
  ]
}

function nodeUses(usedIn: DraftId, { treeId }: BodyTree, node: TreeNode, expression: string): readonly MenuItem[] {
  const ref = { treeId, node, expression }
  return usesOf(
    () => void assertNode(usedIn, ref),
    () => void captureNode(usedIn, ref),
  )
}

/** The words of assertions for a place: of one JSON value its members, of several, and of XML, a query. */
function pathExpression(tree: BodyTree, model: TreeModel, { short, normalized }: PathWords): string {
  if (tree.format !== 'json') return queryExpression('xpath', normalized)
  return model.rowAt(0)?.node?.kind === 'values' ? queryExpression('jsonpath', normalized) : `res.body${short.slice(1)}`
}

async function copyValue({ treeId }: BodyTree, at: TreeRow | null, say: (text: string) => void): Promise<void> {
  if (at?.node !== undefined && (await copyNode(treeId, at.node))) say(t`Value copied`)
}

/** The selected row; where it was closed away, what it is in. */
function placeInSight(model: TreeModel, place: TreePlace): number {
  const row = model.rowOf(place)
  if (row >= 0 || place.owner === null) return row
  return placeInSight(model, { owner: place.owner.parent, index: place.owner.index })
}

/** Work that the next of its kind, or leaving, ends. */
function useWork(): { readonly begin: () => AbortSignal } {
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const [begin] = useState(() => () => {
    current.current?.abort()
    current.current = new AbortController()
    return current.current.signal
  })
  return { begin }
}

interface VisibleRowsProps {
  readonly id: string
  readonly model: TreeModel
  readonly rows: RowWindow
  readonly selected: number
  readonly onSelect: (row: number) => void
  readonly onShowAll: (row: TreeRow) => void
}

function VisibleRows({ id, model, rows: { first, last, width }, selected, onSelect, onShowAll }: VisibleRowsProps) {
  const version = model.version()
  useEffect(() => model.want(first, last), [model, first, last, version])
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  return shown.map((row) => {
    const at = model.rowAt(row)
    if (at === null) return null
    const { node, index, level, isOpen, siblings, owner } = at
    const isItem = owner !== null && (owner.node.kind === 'array' || owner.node.kind === 'values')
    return (
      <BodyTreeRow
        key={row}
        id={`${id}${row}`}
        {...{ row, node, index, level, isOpen, siblings, isItem, onSelect }}
        width={Math.max(width, widthOfLevels(model.levels))}
        isSelected={row === selected}
        onToggle={() => model.toggle(at)}
        onShowAll={() => onShowAll(at)}
      />
    )
  })
}
