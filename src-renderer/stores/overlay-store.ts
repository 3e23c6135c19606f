/** What of the window's own stands in front of it: the palette, or the settings and which part of them is asked for. */
import { create } from 'zustand'

export const SETTINGS_PARTS = ['appearance', 'requests', 'proxies', 'certificates', 'history', 'shortcuts', 'data'] as const
export type SettingsPart = (typeof SETTINGS_PARTS)[number]

export type Overlay =
  { readonly kind: 'palette'; readonly mode: 'all' | 'requests' } | { readonly kind: 'settings'; readonly part: SettingsPart | null }

interface OverlayState {
  readonly overlay: Overlay | null
  open: (overlay: Overlay) => void
  close: () => void
}

export const useOverlayStore = create<OverlayState>()((set) => ({
  overlay: null,
  open: (overlay) => set({ overlay }),
  close: () => set({ overlay: null }),
}))
