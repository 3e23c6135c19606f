/** Words with a meaning and a colour, notes, progress, and what a pane says when it is empty. */
import Send from 'lucide-react/icons/send'
import { Button } from '../ui/button.tsx'
import { CheckList } from '../ui/check-list.tsx'
import { Differences } from '../ui/differences.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MethodWord } from '../ui/method-word.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { Verdict } from '../ui/verdict.tsx'
import styles from './gallery.module.css'
import { Specimen, Specimens } from './specimen.tsx'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']

export function ShownWords() {
  return (
    <Specimens>
      <Specimen name="Methods">
        {METHODS.map((method) => (
          <MethodWord key={method} method={method} />
        ))}
      </Specimen>
      <Specimen name="Methods in lists">
        {METHODS.map((method) => (
          <MethodWord key={method} method={method} short />
        ))}
      </Specimen>
      <Specimen name="Verdicts">
        <Verdict outcome="passed" />
        <Verdict outcome="failed" />
        <Verdict outcome="skipped" />
      </Specimen>
      <Specimen name="Progress" wide>
        <ProgressBar label="Upload" value={0} text="0 B of 8.0 MB" />
        <ProgressBar label="Download" value={0.4} text="3.2 MB of 8.0 MB · 1.1 MB/s" />
        <ProgressBar label="Unknown total" value={null} text="3.2 MB · 1.1 MB/s" />
      </Specimen>
    </Specimens>
  )
}

export function ShownNotes() {
  return (
    <Specimens>
      <Specimen name="Problem, warning" wide>
        <ProblemNote
          kind="ConnectTimeout"
          message="Connect timed out after 10 s: api.example.com:443."
          hint="Is the address right? A proxy may be needed."
          action={<Button>Try again</Button>}
        />
        <ProblemNote tone="warning" message="The file has changed on disk." hint="Save shows both and asks." />
      </Specimen>
      <Specimen name="Empty pane" wide>
        <div className={styles.frame}>
          <EmptyState icon={<Send />} title="No response yet">
            <p>
              Press <kbd>Ctrl+Enter</kbd> to send the request.
            </p>
          </EmptyState>
        </div>
      </Specimen>
      <Specimen name="Checks" wide>
        <CheckList
          checks={{
            assertions: [
              { expression: 'res.status', operator: 'eq', value: '200', actual: '200', passed: true },
              { expression: 'res.body.id', operator: 'eq', value: '1', actual: '2', passed: false },
            ],
            tests: [],
            messages: [],
            console: [],
            captured: [],
            faults: [],
          }}
          renderPlace={() => null}
        />
      </Specimen>
      <Specimen name="Differences" wide>
        <Differences theirs={'url: /users\nmethod: GET'} mine={'url: /users\nmethod: POST'} />
      </Specimen>
    </Specimens>
  )
}
