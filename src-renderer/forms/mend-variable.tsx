/**
 * The way from a problem of a variable to where it is mended: its own row, the choice of an environment that has it, or a new
 * row in the one that is chosen.
 */
import type { WireError } from '#contract/errors.ts'
import { chooseEnvironment } from '../actions/choices.ts'
import { collectionInFront, defineVariable, placesToDefineIn } from '../actions/environments.ts'
import { goToOrigin } from '../actions/go-to-origin.ts'
import { defineWords, setWords } from '../lib/define-words.ts'
import { definableName, environmentThatHas, variableAt } from '../lib/variable-scope.ts'
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
  const environment = environmentThatHas(problem)
  const collectionId = collectionInFront()
  if (environment !== null && collectionId !== null) {
    return (
      <Button className={className} onClick={() => chooseEnvironment(collectionId, environment)}>
        {`Use environment ${environment}`}
      </Button>
    )
  }
  const place = placesToDefineIn()[0]
  if (name === null || place === undefined) return null
  return (
    <Button className={className} onClick={() => void defineVariable(name, place)}>
      {defineWords(name, place)}
    </Button>
  )
}
