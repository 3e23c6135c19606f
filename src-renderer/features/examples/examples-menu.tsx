/** The menu of a request's saved examples: keep the answer that is shown as one, or look at one of them. */
import Bookmark from 'lucide-react/icons/bookmark'
import Plus from 'lucide-react/icons/bookmark-plus'
import { useState } from 'react'
import type { Example } from '#contract/model/example.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { listExamples, openExampleOf, saveAsExample } from '../../actions/examples.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

export function ExamplesMenu({ draftId }: { readonly draftId: DraftId }) {
  const [examples, setExamples] = useState<readonly Example[] | null>(null)
  const hasAnswer = useExchangesStore((state) => Boolean(exchangeOf(draftId)(state).last?.response))
  const items: MenuItem[] = [
    { label: t`Save as example…`, icon: <Plus />, disabled: !hasAnswer, onSelect: () => void saveAsExample(draftId) },
    ...listed(examples, draftId),
  ]
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t`Examples`}
          icon={<Bookmark />}
          onClick={() => {
            setExamples(null)
            void listExamples(draftId).then(setExamples)
          }}
        />
      }
      items={items}
    />
  )
}

function listed(examples: readonly Example[] | null, draftId: DraftId): readonly MenuItem[] {
  if (examples === null) return [{ label: t`Looking…`, disabled: true, separatorBefore: true, onSelect: () => undefined }]
  if (examples.length === 0) return [{ label: t`No examples yet`, disabled: true, separatorBefore: true, onSelect: () => undefined }]
  return examples.map((example, at) => ({
    key: String(example.index),
    label:
      example.status === null || example.name.startsWith(String(example.status)) ? example.name : `${example.name} · ${example.status}`,
    separatorBefore: at === 0,
    onSelect: () => void openExampleOf(draftId, example),
  }))
}
