/** How far long work on a body has come, asked now and then while it is worth showing. */
import { useEffect, useState } from 'react'
import { readShare } from '../../actions/body-query.ts'

const ASK_MS = 250

/** From 0 to 1; null where nothing is told. @param workId null: nothing is to be shown */
export function useWorkShare(workId: string | null): number | null {
  const [told, setTold] = useState<{ readonly workId: string; readonly share: number } | null>(null)
  useEffect(() => {
    if (workId === null) return
    let isOver = false
    const ask = async (): Promise<void> => {
      const share = await readShare(workId)
      if (!isOver && share !== null) setTold({ workId, share })
    }
    void ask()
    const timer = setInterval(() => void ask(), ASK_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [workId])
  return told !== null && told.workId === workId ? told.share : null
}
