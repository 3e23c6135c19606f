/** The help of an option, from the one table: what it does, and what Python calls it. */
import { optionHelp, type OptionId } from '../lib/option-help.ts'
import { rich, t } from '../lib/t.ts'

export function OptionWords({ of }: { readonly of: OptionId }) {
  const { text, python } = optionHelp(of)
  return (
    <>
      {text} {python === null ? t`Python requests has none.` : <PythonName code={python} />}
    </>
  )
}

function PythonName({ code }: { readonly code: string }) {
  return <>{rich`In Python: ${(<code>{code}</code>)}`}</>
}
