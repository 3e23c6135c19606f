/** Begins the window, once the language of its texts is there: the look applied, the app drawn, the stores filled. */
import { createRoot } from 'react-dom/client'
import { start } from './actions/start.ts'
import { startTheme } from './actions/theme.ts'
import { App } from './app/app.tsx'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { fetched, watchStyles } from './lib/lazy-part.ts'
import { t } from './lib/t.ts'

export function begin(): void {
  watchStyles()
  startTheme()
  const root = document.getElementById('root')
  // For whoever works on the look: the components without the app.
  const showsGallery = new URLSearchParams(location.search).has('gallery')
  if (root && showsGallery) void import('./gallery/gallery.tsx').then(({ Gallery }) => createRoot(root).render(<Gallery />))
  else if (root)
    createRoot(root).render(
      <ErrorBoundary part={t`The window`} offersReload>
        <App />
      </ErrorBoundary>,
    )
  if (!showsGallery) {
    void start()
    void fetched(() => import('./app/watch-over.ts')).then(({ watchOver }) => watchOver())
  }
}
