/** The help of an option, from the one table: what it does, and what Python calls it. */
import { optionHelp, type OptionId } from '../lib/option-help.ts'

export function OptionWords({ of }: { readonly of: OptionId }) {
  const { text, python } = optionHelp(of)
  return (
    <>
      {text} {python === null ? 'Python requests has none.' : <PythonName code={python} />}
    </>
  )
}

function PythonName({ code }: { readonly code: string }) {
  return (
    <>
      In Python: <code>{code}</code>
    </>
  )
}
