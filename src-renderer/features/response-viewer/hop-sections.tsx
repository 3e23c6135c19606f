/** One hop before the last answer, opened: its own request, answer and times. How it is looked at is forgotten with it. */
import { useState } from 'react'
import type { Exchange, Hop } from '#contract/model/exchange.ts'
import type { PickedView } from './body-choice.ts'
import { Sections } from './sections.tsx'
import { useBodyChoice } from './use-body-choice.ts'
import type { Section } from './view-state.ts'

const NO_ATTEMPTS: Exchange['attempts'] = []

export interface HopSectionsProps {
  readonly hop: Hop
  readonly at: number
  readonly modelKey: string
}

export function HopSections({ hop, at, modelKey }: HopSectionsProps) {
  const [section, setSection] = useState<Section>('headers')
  const [picked, setPicked] = useState<PickedView | null>(null)
  const [encoding, setEncoding] = useState<string | null>(null)
  const choice = useBodyChoice(hop.response, picked)
  return (
    <Sections
      strip="Hop"
      part={hop}
      history={null}
      attempts={NO_ATTEMPTS}
      section={section}
      onSection={setSection}
      body={{ choice, encoding, onPick: setPicked, onEncoding: setEncoding, wantsFind: false, onFind: () => undefined }}
      at={at}
      modelKey={modelKey}
    />
  )
}
