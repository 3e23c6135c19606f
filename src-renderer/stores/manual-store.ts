/** Where one is in the manual: the places that were shown, as a browser keeps them, and what is searched for. */
import { create } from 'zustand'

export interface ManualPlace {
  /** A page by its file below `docs`, without `.md`. */
  readonly page: string
  /** Name of a heading in it, as a link has it; null: the beginning. */
  readonly heading: string | null
}

interface ManualState {
  readonly visited: readonly ManualPlace[]
  /** Which of them is shown. */
  readonly at: number
  readonly typed: string
  /** Shows a place, and forgets those that one had come back from. */
  go: (place: ManualPlace) => void
  /** Back or forward. */
  travel: (step: 1 | -1) => void
  type: (typed: string) => void
}

export const useManualStore = create<ManualState>()((set) => ({
  // Its index: what the manual opens at, and what one goes back to in the end.
  visited: [{ page: 'README', heading: null }],
  at: 0,
  typed: '',
  go: (place) =>
    set(({ visited, at }) => {
      const shown = visited[at]
      if (shown?.page === place.page && shown.heading === place.heading) return { visited: visited.with(at, place) }
      return { visited: [...visited.slice(0, at + 1), place], at: at + 1 }
    }),
  travel: (step) => set(({ visited, at }) => ({ at: Math.min(visited.length - 1, Math.max(0, at + step)) })),
  type: (typed) => set({ typed }),
}))
