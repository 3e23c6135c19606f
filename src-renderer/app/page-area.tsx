/** The page in front of the open requests: of the history, a saved example, the runner, the manual, or an environment, a session or defaults. */
import { useEffect } from 'react'
import { closePage } from '../actions/pages.ts'
import type { Page } from '../stores/page-store.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { PageStandIn } from './page-stand-in.tsx'
import { Awaiting, lazyPart, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const ExampleArea = nearPart(async () => ({ default: (await import('./example-area.tsx')).ExampleArea }))
const HistoryArea = nearPart(async () => ({ default: (await import('./history-area.tsx')).HistoryArea }))
const RunnerPage = nearPart(async () => ({ default: (await import('../features/runner/index.ts')).RunnerPage }))
const ManualPage = lazyPart(async () => ({ default: (await import('../features/manual/index.ts')).ManualPage }))
const LayerArea = nearPart(async () => ({ default: (await import('./layer-area.tsx')).LayerArea }))

export function PageArea({ page }: { readonly page: Page }) {
  useEscape()
  return (
    <ErrorBoundary part={page.kind === 'historyEntry' || page.kind === 'comparison' ? t`The history` : t`This page`} shows={idOf(page)}>
      <Awaiting fallback={<PageStandIn page={page} />}>
        <PageContent page={page} />
      </Awaiting>
    </ErrorBoundary>
  )
}

function PageContent({ page }: { readonly page: Page }) {
  if (page.kind === 'layer') return <LayerArea key={page.id} id={page.id} focus={page.focus} />
  if (page.kind === 'runner') return <RunnerPage />
  if (page.kind === 'manual') return <ManualPage />
  return page.kind === 'example' ? <ExampleArea page={page} /> : <HistoryArea page={page} />
}

function idOf(page: Page): string {
  if (page.kind === 'layer') return page.id
  if (page.kind === 'example') return `${page.nodeId} ${page.example.index} ${page.example.name}`
  if (page.kind === 'runner' || page.kind === 'manual') return page.kind
  return page.kind === 'historyEntry' ? page.read.entry.id : page.right.exchange.id
}

/** Esc goes back to the requests, unless something in front of it takes the key. */
function useEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (
        event.target instanceof Element &&
        event.target.closest('[role="dialog"], [role="menu"], .monaco-editor, input, textarea, select')
      )
        return
      closePage()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
