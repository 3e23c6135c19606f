/** Status, time and size of an answer as assertions and captures: a menu beside the figures. */
import ListChecks from 'lucide-react/icons/list-checks'
import { use } from 'react'
import type { ReceivedResponse, Timings } from '#contract/model/exchange.ts'
import { assertValue, captureValue } from '../../actions/value-uses.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import { roomyLimit } from './roomy-limit.ts'
import { UsedIn } from './used-in.ts'
import { t } from '../../lib/t.ts'

interface MetaMenuProps {
  readonly response: ReceivedResponse
  readonly timings: Timings
}

export function MetaMenu({ response, timings }: MetaMenuProps) {
  const draftId = use(UsedIn)
  if (draftId === null) return null
  const status = String(response.status)
  const size = String(response.bodyBytes)
  const limit = roomyLimit(timings.total)
  const items: readonly MenuItem[] = [
    { label: t`Assert that the status is ${status}`, onSelect: () => assertValue(draftId, { expression: 'res.status', value: status }) },
    {
      label: t`Assert that it takes less than ${formatDuration(limit)}`,
      onSelect: () => assertValue(draftId, { expression: 'res.responseTime', value: String(limit) }, 'lt'),
    },
    {
      label: t`Assert that the size is ${formatBytes(response.bodyBytes)}`,
      onSelect: () => assertValue(draftId, { expression: 'res.size', value: size }),
    },
    {
      label: t`Capture the status into a variable…`,
      separatorBefore: true,
      onSelect: () => void captureValue(draftId, { expression: 'res.status', value: status, name: 'status' }),
    },
    {
      label: t`Capture the address into a variable…`,
      onSelect: () => void captureValue(draftId, { expression: 'res.url', value: response.url, name: 'url' }),
    },
    {
      label: t`Capture the time into a variable…`,
      onSelect: () =>
        void captureValue(draftId, { expression: 'res.responseTime', value: String(Math.round(timings.total)), name: 'time' }),
    },
    {
      label: t`Capture the size into a variable…`,
      onSelect: () => void captureValue(draftId, { expression: 'res.size', value: size, name: 'size' }),
    },
  ]
  return <Menu align="end" items={items} trigger={<IconButton label={t`Assert or capture status, time, size`} icon={<ListChecks />} />} />
}
