/** Where two bodies differ: by their values where both are JSON, else as texts side by side. Paths can be left out. */
import EyeOff from 'lucide-react/icons/eye-off'
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { BodyComparison, JsonChangeKind } from '#contract/model/compare.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { Result } from '#contract/result.ts'
import { compareBodies, ignorePath, NO_PATHS } from '../../actions/compare.ts'
import { useLayoutStore } from '../../stores/layout-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ChangeTable } from './change-table.tsx'
import styles from './compare.module.css'
import { bodyText } from './compared-text.ts'
import { IgnoredPaths } from './ignored-paths.tsx'
import { Awaiting } from '../../lib/lazy-part.ts'
import { DiffView } from '../../monaco/parts.ts'
import { told } from '../../lib/told.ts'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

/** Rows that are drawn at once, so that the window does not stop for them. */
const ROWS_AT_ONCE = 200

interface Sides {
  readonly left: ReceivedResponse
  readonly right: ReceivedResponse
}

export function BodyChanges({ left, right }: Sides) {
  const ignored = useLayoutStore((state) => state.ignoredPaths ?? NO_PATHS)
  const compared = useComparison(left, right, ignored)
  return (
    <section className={styles.part} aria-label={t`Body`} aria-busy={compared === null}>
      <div className={styles.bodyHead}>
        <h2>{t`Body`}</h2>
        {compared?.ok === true && compared.value.kind === 'json' && (
          <span className={styles.counts} role="status">
            {countsInWords(compared.value.counts)}
          </span>
        )}
      </div>
      {compared?.ok === true && compared.value.kind === 'json' && <IgnoredPaths paths={ignored} />}
      {compared === null ? (
        <p>{t`Comparing…`}</p>
      ) : compared.ok ? (
        <Comparison comparison={compared.value} left={left} right={right} />
      ) : (
        <ProblemNote
          kind={compared.error.kind}
          message={compared.error.message}
          {...(compared.error.hint !== undefined && { hint: compared.error.hint })}
        />
      )}
    </section>
  )
}

function useComparison(
  left: ReceivedResponse,
  right: ReceivedResponse,
  ignored: readonly string[],
): Result<BodyComparison, WireError> | null {
  const [compared, setCompared] = useState<{ readonly key: unknown; readonly result: Result<BodyComparison, WireError> } | null>(null)
  const key = JSON.stringify([left.bodyId, left.encoding, right.bodyId, right.encoding, ignored])
  useEffect(() => {
    const abort = new AbortController()
    void compareBodies(left, right, ignored, abort.signal).then((result) => {
      if (!abort.signal.aborted) setCompared({ key, result })
    })
    return () => abort.abort()
  }, [key, left, right, ignored])
  return compared?.key === key ? compared.result : null
}

function Comparison({ comparison, left, right }: { readonly comparison: BodyComparison } & Sides) {
  const [shown, setShown] = useState(ROWS_AT_ONCE)
  switch (comparison.kind) {
    case 'same':
      return <p>{t`Both are the same, byte for byte.`}</p>
    case 'none':
      return (
        <>
          <p>{told(comparison.reason)}</p>
          <Texts left={left} right={right} />
        </>
      )
    case 'json': {
      const { changes, counts } = comparison
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
      if (all === 0) return <p>{t`No value differs.`}</p>
      const rows = changes.slice(0, shown).map(({ path, ...change }) => ({ ...change, name: path }))
      return (
        <>
          <ChangeTable
            label={t`Changes of the body`}
            nameTitle={t`Path`}
            rows={rows}
            renderActions={({ name }) => (
              <IconButton label={t`Ignore ${patternOf(name)}`} icon={<EyeOff />} onClick={() => ignorePath(patternOf(name))} />
            )}
          />
          {shown < changes.length ? (
            <div className={styles.more}>
              <Button onClick={() => setShown(shown + ROWS_AT_ONCE)}>{t`Show more`}</Button>
            </div>
          ) : (
            all > changes.length && <p className={styles.more}>{rich`And ${formatNumber(all - changes.length)} more changes.`}</p>
          )}
        </>
      )
    }
  }
}

function Texts({ left, right }: Sides) {
  const [texts, setTexts] = useState<readonly [string, string] | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    void Promise.all([left, right].map((response) => bodyText(response, abort.signal))).then(([a, b]) => {
      if (!abort.signal.aborted) setTexts([a ?? '', b ?? ''])
    })
    return () => abort.abort()
  }, [left, right])
  if (texts === null) return <div className={styles.texts} aria-busy="true" />
  return (
    <div className={styles.texts}>
      <Awaiting fallback={null}>
        <DiffView left={texts[0]} right={texts[1]} label={t`Bodies`} />
      </Awaiting>
    </div>
  )
}

/** A path in every item of its lists: what is new in one record is new in all of them. */
function patternOf(path: string): string {
  return path.replace(/\[\d+\]/g, '[*]')
}

function countsInWords(counts: Readonly<Record<JsonChangeKind, number>>): string {
  const words: Readonly<Record<JsonChangeKind, (count: string) => string>> = {
    changed: (count) => t`${count} changed`,
    added: (count) => t`${count} added`,
    removed: (count) => t`${count} removed`,
    moved: (count) => t`${count} moved`,
  }
  const kinds = ['changed', 'added', 'removed', 'moved'] as const
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => words[kind](formatNumber(counts[kind])))
    .join(' · ')
}
