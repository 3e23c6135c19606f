/** Which adapter a URL picks, and why the others are not picked; as core picks, on the adapters as they are typed. */
import Check from 'lucide-react/icons/check'
import { useEffect, useState } from 'react'
import type { Adapter } from '#contract/model/session.ts'
import { matchesAlone, pickAdapter } from '../../actions/layer-checks.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { mismatchWords } from '../../lib/prefix-words.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './adapters.module.css'

interface Tested {
  readonly fault: string | null
  /** Index of the adapter that is picked; null: none. */
  readonly picked: number | null
  /** Of each adapter: what became of it. */
  readonly words: readonly string[]
  readonly prefixes: readonly string[]
}

export function AdapterTester({ adapters }: { readonly adapters: readonly Adapter[] }) {
  const [{ url, secrets }, setTyped] = useState(urlInFront)
  const shown = maskTexts(url, secrets)
  const tested = useTested(adapters, url, shown)
  return (
    <section className={styles.tester} aria-label="Test a URL" data-own-undo>
      <label className={styles.testLine}>
        <span>Test a URL</span>
        <TextInput
          label="Test a URL"
          code
          references={false}
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
          <p className={styles.verdict} role="status" aria-label="Picked adapter">
            {tested.picked === null ? 'None of the adapters: the session’s own options hold.' : tested.prefixes[tested.picked]}
          </p>
          <ul className={styles.verdicts} aria-label="Adapters for this URL">
            {tested.prefixes.map((prefix, index) => (
              <li key={index} data-picked={index === tested.picked}>
                {index === tested.picked ? <Check aria-hidden="true" /> : <span />}
                <code>{prefix === '' ? 'without a prefix' : prefix}</code>
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
  return { url: url.replace(/[?#].*$/s, ''), secrets: preview?.layers.secrets ?? NONE }
}

function useTested(adapters: readonly Adapter[], url: string, shown: string): Tested | null {
  const [tested, setTested] = useState<Tested | null>(null)
  useEffect(() => {
    let isWanted = true
    void test(adapters, url, shown).then((found) => {
      if (isWanted) setTested(found)
    })
    return () => {
      isWanted = false
    }
  }, [adapters, url, shown])
  return tested
}

async function test(adapters: readonly Adapter[], url: string, shown: string): Promise<Tested | null> {
  const answer = await pickAdapter(adapters, url)
  if (answer === null || url.trim() === '') return null
  const { picked, fault, prefixFaults } = answer
  const prefixes = adapters.map(({ prefix }) => prefix)
  // What is wrong with a URL may quote it.
  if (fault !== null) return { fault: fault.replaceAll(url.trim(), shown.trim()), picked: null, words: [], prefixes }
  const words = await Promise.all(
    adapters.map(async (adapter, index) => {
      if (index === picked) return 'is picked'
      const wrong = prefixFaults[index] ?? null
      if (wrong !== null) return wrong
      return (await matchesAlone(adapter, url)) ? 'matches too, but a longer prefix wins' : mismatchWords(adapter.prefix, url, shown)
    }),
  )
  return { fault, picked, words, prefixes }
}
