/**
 * In a narrow window the side bar floats over the rest: it is there while something is chosen in it, and goes on a press
 * elsewhere, on Esc, and once what was chosen has come to the front. The focus does not go with it.
 */
import { useEffect, useLayoutEffect } from 'react'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'

const NARROW = '(max-width: 760px)'
const SIDE = '[data-side-bar]'

export function useFloatingSideBar(): void {
  const isFloating = useLayoutStore((state) => state.isFloating)
  useLayoutEffect(() => {
    const media = matchMedia(NARROW)
    const follow = (): void => useLayoutStore.getState().setNarrow(media.matches)
    follow()
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [])
  useEffect(() => (isFloating ? watch() : undefined), [isFloating])
}

function watch(): () => void {
  const close = (): void => {
    if (document.activeElement?.closest(SIDE)) document.querySelector<HTMLElement>('[data-toggles-side-bar]')?.focus()
    useLayoutStore.getState().change({ sidebarVisible: false })
  }
  const onPointerDown = ({ target }: PointerEvent): void => {
    // Menus and dialogs that were opened from it are no elsewhere.
    if (
      target instanceof Element &&
      !target.closest(`${SIDE}, [data-toggles-side-bar], [role="menu"], [role="dialog"], [role="alertdialog"]`)
    )
      close()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && document.activeElement?.closest(SIDE)) close()
  }
  const stopTabs = useDraftsStore.subscribe((now, before) => before.isRestored && now.activeId !== before.activeId && close())
  const stopPages = usePageStore.subscribe((now, before) => now.page !== before.page && now.page !== null && close())
  addEventListener('pointerdown', onPointerDown)
  addEventListener('keydown', onKeyDown)
  return () => {
    stopTabs()
    stopPages()
    removeEventListener('pointerdown', onPointerDown)
    removeEventListener('keydown', onKeyDown)
  }
}
