/**
 * Keeps a bug in one part of the window from taking the rest down: the part says so and offers to be drawn again. Around
 * all of it stands one, too, which offers to load the window anew: what opened and breaks is closed then.
 */
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import styles from './error-boundary.module.css'
import { t } from '../lib/t.ts'

export interface ErrorBoundaryProps {
  /** What failed, such as `The side bar`. */
  readonly part: string
  /** What is shown; when another comes in its place, it is drawn afresh. */
  readonly shows?: string
  readonly offersReload?: boolean
  readonly children: ReactNode
}

interface State {
  readonly error: Error | null
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (this.state.error && before.shows !== this.props.shows) this.setState({ error: null })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div role="alert" className={styles.failed}>
        <EmptyState icon={<TriangleAlert />} title={t`${this.props.part} cannot be shown`}>
          <p>{t`This is a bug. Nothing you typed is lost.`}</p>
          <p className={styles.message}>{error.message}</p>
          <div className={styles.actions}>
            <Button onClick={() => this.setState({ error: null })}>{t`Show it again`}</Button>
            {this.props.offersReload === true && <Button onClick={() => location.reload()}>{t`Reload the window`}</Button>}
          </div>
        </EmptyState>
      </div>
    )
  }
}
