/**
 * Which text encoding a body is read in, to be changed in the strip of views, and below it, where that is asked for, how it
 * was found. The same above every view that is made of text.
 */
import Languages from 'lucide-react/icons/languages'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyView } from '../../actions/bodies.ts'
import { IconButton } from '../../ui/button.tsx'
import { StripActions, type BodyViewProps } from './body-view-props.tsx'
import { EncodingPanel } from './encoding-panel.tsx'
import { EncodingSelect, type FoundEncoding } from './encoding-select.tsx'
import { isDecided } from './encodings.ts'
import { useViewState } from './view-state.ts'
import { t } from '../../lib/t.ts'

interface BodyEncodingProps extends Pick<BodyViewProps, 'choice' | 'response' | 'encoding' | 'onEncoding' | 'actionsAt'> {
  /** What it was read as, where the view knows better than the answer. */
  readonly view?: BodyView | null
}

export function BodyEncoding({ choice, response, encoding, onEncoding, actionsAt, view = null }: BodyEncodingProps) {
  const shows = useViewState((state) => state.showsEncoding)
  const setShows = useViewState((state) => state.setShowsEncoding)
  const found = foundEncoding(view, response)
  return (
    <>
      <StripActions at={actionsAt}>
        <EncodingSelect found={found} chosen={encoding} onChange={onEncoding} />
        <IconButton label={t`How the encoding was found`} icon={<Languages />} pressed={shows} onClick={() => setShows(!shows)} />
      </StripActions>
      {shows && <EncodingPanel bodyId={choice.bodyId} contentType={choice.contentType} found={found} chosen={encoding} />}
    </>
  )
}

function foundEncoding(view: BodyView | null, response: ReceivedResponse): FoundEncoding | null {
  if (view && !isDecided(response)) return { encoding: view.encoding, from: view.encodingFrom }
  if (response.encoding === null || response.encodingFrom === null) return null
  return { encoding: response.encoding, from: response.encodingFrom }
}
