/** What is to be run: the requests in their order, and beside them with what and how often. */
import type { RunPlan } from '../../lib/run-plan.ts'
import { PlanRequests } from './plan-requests.tsx'
import { PlanSettings } from './plan-settings.tsx'
import styles from './runner.module.css'

export function PlanPanel({ plan }: { readonly plan: RunPlan }) {
  return (
    <div className={styles.plan}>
      <PlanRequests plan={plan} />
      <PlanSettings plan={plan} />
    </div>
  )
}
