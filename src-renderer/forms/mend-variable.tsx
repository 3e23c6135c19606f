/** The way from a problem of a variable to where it is mended: its own row, or a new one in the environment that is chosen. */
import type { WireError } from '#contract/errors.ts'
import { defineVariable, environmentToDefineIn } from '../actions/environments.ts'
import { goToOrigin } from '../actions/go-to-origin.ts'
import { defineWords, setWords } from '../lib/define-words.ts'
import { definableName, variableAt } from '../lib/variable-scope.ts'
import { Button } from '../ui/button.tsx'

interface MendVariableProps {
  readonly problem: WireError
  readonly className?: string
}

/** Whether there is a way to offer. */
export function isMendable(problem: WireError): boolean {
  return variableAt(problem) !== null || definableName(problem) !== null
}

export function MendVariable({ problem, className = '' }: MendVariableProps) {
  const at = variableAt(problem)
  const name = definableName(problem)
  if (at !== null) {
    return (
      <Button className={className} onClick={() => goToOrigin(at.origin, { name: at.name })}>
        {setWords(at.name, at.origin)}
      </Button>
    )
  }
  if (name === null) return null
  return (
    <Button className={className} onClick={() => void defineVariable(name)}>
      {defineWords(name, environmentToDefineIn())}
    </Button>
  )
}
