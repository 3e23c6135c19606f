/**
 * Which adapter a URL picks, and why the others are not picked; as core picks, on the adapters as they are typed. References
 * in the URL are filled in as those of a request of the collection are.
 */
import Check from 'lucide-react/icons/check'
import { useEffect, useEffectEvent, useState } from 'react'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Adapter } from '#contract/model/session.ts'
import { filledUrl, matchesAlone, pickAdapter, withoutQuery } from '../../actions/layer-checks.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { mismatchWords } from '../../lib/prefix-words.ts'
import { useChoicesStore } from '../../stores/choices-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './adapters.module.css'
import { t } from '../../lib/t.ts'

interface Tested {
  readonly fault: string | null
  /** Index of the adapter that is picked; null: none. */
  readonly picked: number | null
  /** Of each adapter: what became of it. */
  readonly words: readonly string[]
  readonly prefixes: readonly string[]
  /** The URL with its references filled in, secrets hidden; null: it has none. */
  readonly filled: string | null
}

interface AdapterTesterProps {
  readonly collectionId: CollectionId
  readonly adapters: readonly Adapter[]
}

export function AdapterTester({ collectionId, adapters }: AdapterTesterProps) {
  const [{ url, secrets }, setTyped] = useState(urlInFront)
  const shown = maskTexts(url, secrets)
  const environment = useChoicesStore((state) => state.byCollection[collectionId]?.environment)
  const ask = useEffectEvent(() => test({ collectionId, adapters, url, shown }))
  const [tested, setTested] = useState<Tested | null>(null)
  useEffect(() => {
    let isWanted = true
    void ask().then((found) => {
      if (isWanted) setTested(found)
    })
    return () => {
      isWanted = false
    }
  }, [collectionId, environment, adapters, url, shown])
  return (
    <section className={styles.tester} aria-label={t`Test a URL`} data-own-undo>
      <label className={styles.testLine}>
        <span>{t`Test a URL`}</span>
        <TextInput
          label={t`Test a URL`}
          code
          placeholder="https://api.example.com/v2/users"
          value={shown}
          // What is typed is tested as it is typed, and hides nothing.
          onChange={(typed) => setTyped({ url: typed, secrets: NONE })}
          invalid={tested !== null && tested.fault !== null}
        />
      </label>
      {tested !== null && tested.fault !== null && url.trim() !== '' && <ProblemNote message={tested.fault} />}
      {tested !== null && tested.fault === null && (
        <>
          {tested.filled !== null && <code className={styles.filled}>{tested.filled}</code>}
          <p className={styles.verdict} role="status" aria-label={t`Picked adapter`}>
            {tested.picked === null ? (
              t`None of the adapters: the session’s own options hold.`
            ) : (
              <code>{tested.prefixes[tested.picked]}</code>
            )}
          </p>
          <ul className={styles.verdicts} aria-label={t`Adapters for this URL`}>
            {tested.prefixes.map((prefix, index) => (
              <li key={index} data-picked={index === tested.picked}>
                {index === tested.picked ? <Check aria-hidden="true" /> : <span />}
                <code>{prefix === '' ? t`without a prefix` : prefix}</code>
                <span>{tested.words[index]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

interface TestedUrl {
  readonly url: string
  /** Texts in it that are shown hidden. */
  readonly secrets: readonly string[]
}

const NONE: readonly string[] = []

/** The request in front is what one most likely asks about. Its query picks no adapter, and may hold credentials. */
function urlInFront(): TestedUrl {
  const { activeId, tabs } = useDraftsStore.getState()
  if (activeId === null) return { url: '', secrets: NONE }
  const preview = usePreviewsStore.getState().byTab[activeId]
  const url = preview?.url || (tabs[activeId]?.draft.document.url ?? '')
  return { url: withoutQuery(url), secrets: preview?.layers.secrets ?? NONE }
}

interface Test extends AdapterTesterProps {
  readonly url: string
  /** The URL as the field shows it. */
  readonly shown: string
}

async function test({ collectionId, adapters, url: typed, shown: typedShown }: Test): Promise<Tested | null> {
  if (typed.trim() === '') return null
  const prefixes = adapters.map(({ prefix }) => prefix)
  const { url, secrets, fault: unfilled } = await filledUrl(collectionId, typed)
  if (unfilled !== null) return { fault: unfilled, picked: null, words: [], prefixes, filled: null }
  const isFilled = url !== typed
  const shown = isFilled ? maskTexts(url, secrets) : typedShown
  const answer = await pickAdapter(adapters, url)
  if (answer === null) return null
  const { picked, fault, prefixFaults } = answer
  const filled = isFilled ? shown : null
  // What is wrong with a URL may quote it.
  if (fault !== null) return { fault: fault.replaceAll(url.trim(), shown.trim()), picked: null, words: [], prefixes, filled }
  const words = await Promise.all(
    adapters.map(async (adapter, index) => {
      if (index === picked) return t`is picked`
      const wrong = prefixFaults[index] ?? null
      if (wrong !== null) return wrong
      return (await matchesAlone(adapter, url)) ? t`matches too, but a longer prefix wins` : mismatchWords(adapter.prefix, url, shown)
    }),
  )
  return { fault, picked, words, prefixes, filled }
}
