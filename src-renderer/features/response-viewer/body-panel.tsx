/** The body of an answer: the strip of its views with the chosen one below, or in words why there is none. */
import FileX from 'lucide-react/icons/file-x'
import { useEffect, useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip, type TabItem } from '../../ui/tab-strip.tsx'
import { headerCharset, isByteWise } from './arriving-text.ts'
import { useArriving } from './arriving.ts'
import { isStreamView, whyNoBody, type BodyViewName } from './body-choice.ts'
import type { BodyPanelProps } from './body-panel-props.ts'
import styles from './body-panel.module.css'
import { BODY_VIEWS } from './body-views.tsx'
import type { BodyChoice } from './use-body-choice.ts'
import { wantedEncoding } from './encodings.ts'
import { BodyFilter, FilterToggle } from './filter/body-filter.tsx'
import { t } from '../../lib/t.ts'

export function BodyPanel(props: BodyPanelProps) {
  const { strip = t`Body view`, method, response, choice, onPick, modelKey } = props
  const [actionsAt, setActionsAt] = useState<HTMLElement | null>(null)
  const arriving = useArriving()
  useTextForFind(props)
  const isComing = arriving !== null && !arriving.isWhole
  if (isComing && choice === null) return <p className={styles.wait}>{t`Waiting for the body…`}</p>
  const reason = isComing ? null : whyNoBody(method, response)
  if (reason !== null) {
    return (
      <EmptyState icon={<FileX />} title={t`No body`}>
        {reason}
      </EmptyState>
    )
  }
  if (choice === null) return null
  const { view, views, content, note } = choice
  const shown = arriving ? viewWhileItComes(choice) : view
  const tabs: readonly TabItem<BodyViewName>[] = views.map((id) => ({ id, label: BODY_VIEWS[id].label }))
  return (
    <>
      <TabStrip
        label={strip}
        size="small"
        tabs={tabs}
        active={view}
        onChange={(next) => onPick({ view: next, content })}
        actions={
          <>
            <span ref={setActionsAt} className={styles.actions} />
            {isFiltered(view) && !arriving && <FilterToggle filterKey={modelKey} />}
          </>
        }
      />
      <TabPanel strip={strip} id={view}>
        {note !== null && (
          <div className={styles.note}>
            <ProblemNote tone="warning" message={note} />
          </div>
        )}
        {isFiltered(shown) ? (
          <BodyFilter
            filterKey={modelKey}
            bodyId={choice.bodyId}
            contentType={choice.contentType}
            bodyKind={choice.kind}
            encoding={wantedEncoding(response, props.encoding)}
            wantsFind={props.wantsFind}
            isOff={arriving !== null}
          >
            {BODY_VIEWS[shown].show({ ...props, strip, choice, actionsAt, renderBody })}
          </BodyFilter>
        ) : (
          BODY_VIEWS[shown].show({ ...props, strip, choice, actionsAt, renderBody })
        )}
      </TabPanel>
    </>
  )
}

function renderBody(props: BodyPanelProps) {
  return <BodyPanel {...props} />
}

/**
 * What stands in the place of the chosen view while the body arrives: a stream is shown by its records, a text by its lines,
 * where these can be told from its bytes, and anything else by its bytes.
 */
function viewWhileItComes({ view, content, contentType }: BodyChoice): BodyViewName {
  if (isStreamView(view)) return view
  const isText = content === 'text' || content === 'stream' || BODY_VIEWS[view].finds
  if (view === 'hex' || !isText || !isByteWise(headerCharset(contentType))) return 'hex'
  return BODY_VIEWS[view].finds ? view : 'raw'
}

/** Whether matches may stand in place of a view: where it shows all of a text, or the values of it. */
function isFiltered(view: BodyViewName): boolean {
  return BODY_VIEWS[view].finds || view === 'tree' || view === 'rows'
}

/** Find works in text: asked for in a picture or in hex, the text is shown first. */
function useTextForFind({ wantsFind, onFind, choice, method, response, onPick }: BodyPanelProps): void {
  useEffect(() => {
    if (!wantsFind) return
    if (whyNoBody(method, response) !== null) return onFind()
    if (choice === null || BODY_VIEWS[choice.view].finds) return
    onPick({ view: choice.views.includes('pretty') ? 'pretty' : 'raw', content: choice.content })
  }, [wantsFind, onFind, choice, method, response, onPick])
}
