/**
 * The way from a problem of a variable to where it is mended: its own row, the choice of an environment that has it, or a new
 * row in the likeliest place, with the other places in a menu.
 */
import ChevronDown from 'lucide-react/icons/chevron-down'
import type { WireError } from '#contract/errors.ts'
import { chooseEnvironment } from '../actions/choices.ts'
import { defineVariable, placesToDefineIn } from '../actions/define-variable.ts'
import { collectionInFront } from '../actions/environments.ts'
import { goToOrigin } from '../actions/go-to-origin.ts'
import { defineWords, setWords, type DefinePlace } from '../lib/define-words.ts'
import { definableName, environmentThatHas, variableAt } from '../lib/variable-scope.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import styles from './mend-variable.module.css'
import { t } from '../lib/t.ts'

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
      <span className={styles.mend}>
        <Button className={className} onClick={() => chooseEnvironment(collectionId, environment)}>
          {t`Use environment ${environment}`}
        </Button>
        {name !== null && <DefineIn name={name} places={placesToDefineIn()} className={className} />}
      </span>
    )
  }
  const [place, ...others] = placesToDefineIn()
  if (name === null || place === undefined) return null
  return (
    <span className={styles.mend}>
      <Button className={className} onClick={() => void defineVariable(name, place)}>
        {defineWords(name, place)}
      </Button>
      <DefineIn name={name} places={others} className={className} />
    </span>
  )
}

interface DefineInProps {
  readonly name: string
  readonly places: readonly DefinePlace[]
  readonly className: string
}

function DefineIn({ name, places, className }: DefineInProps) {
  if (places.length === 0) return null
  const items = places.map((place) => ({ label: defineWords(name, place), onSelect: () => void defineVariable(name, place) }))
  return (
    <Menu
      align="end"
      items={items}
      trigger={<IconButton label={t`Define ${name} elsewhere`} icon={<ChevronDown />} className={className} />}
    />
  )
}
