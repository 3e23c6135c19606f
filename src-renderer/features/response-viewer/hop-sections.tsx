/** One try or hop before the last answer, opened: its own request, answer and times. How it is looked at is forgotten with it. */
import Unplug from 'lucide-react/icons/unplug'
import { useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { PickedView } from './body-choice.ts'
import type { ExchangePart } from './exchange-part.ts'
import { Sections } from './sections.tsx'
import { useBodyChoice } from './use-body-choice.ts'
import { UsedIn } from './used-in.ts'
import type { Section } from './view-state.ts'
import { t } from '../../lib/t.ts'

export interface HopSectionsProps {
  readonly hop: ExchangePart
  readonly at: number
  readonly modelKey: string
}

export function HopSections({ hop, at, modelKey }: HopSectionsProps) {
  const [section, setSection] = useState<Section>('headers')
  const [picked, setPicked] = useState<PickedView | null>(null)
  const [encoding, setEncoding] = useState<string | null>(null)
  const choice = useBodyChoice(hop.response, picked)
  if (hop.request === null && hop.response === null)
    return <EmptyState icon={<Unplug />} title={t`Nothing was sent`}>{t`The connection did not come about.`}</EmptyState>
  return (
    <UsedIn value={null}>
      <Sections
        strip={t`Hop`}
        part={hop}
        course={null}
        section={section}
        onSection={setSection}
        body={{
          choice,
          encoding,
          streamKey: modelKey,
          onPick: setPicked,
          onEncoding: setEncoding,
          wantsFind: false,
          onFind: () => undefined,
        }}
        at={at}
        modelKey={modelKey}
      />
    </UsedIn>
  )
}
