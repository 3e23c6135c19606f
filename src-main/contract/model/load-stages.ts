/** Stages of a load test as people type them, `30s:20`: for the command line and the window alike. No schema in here. */

export interface LoadStage {
  /** As k6 takes it: `30s`, `1m30s`. */
  readonly duration: string
  /** Virtual users at its end. */
  readonly target: number
}

/** A duration as k6 takes it. @see https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/#stages */
export const LOAD_DURATION = /^\d+(?:ms|s|m|h)(?:\d+(?:ms|s|m))*$/

/** Null where the text is no stage. */
export function stageOf(text: string): LoadStage | null {
  const [duration = '', target = '', more] = text.trim().split(':')
  return more === undefined && LOAD_DURATION.test(duration) && /^\d{1,9}$/.test(target) ? { duration, target: Number(target) } : null
}

/** Stages with commas or spaces between them; the first text that is none is in `wrong`. */
export function stagesOf(
  text: string,
): { readonly kind: 'stages'; readonly stages: readonly LoadStage[] } | { readonly kind: 'wrong'; readonly text: string } {
  const stages: LoadStage[] = []
  for (const word of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const stage = stageOf(word)
    if (stage === null) return { kind: 'wrong', text: word }
    stages.push(stage)
  }
  return { kind: 'stages', stages }
}
