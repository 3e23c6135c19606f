/** Whether a variable's value is what its rules ask for, by the rules that the window has too. */
import { ruleFault as faultOf } from '#contract/model/variable-rules.ts'
import type { VariableRules } from '#contract/model/variable.ts'

/** What is wrong with a value, in words that follow the variable's name; null where nothing is. */
export function ruleFault(value: string, rules: VariableRules): string | null {
  return faultOf(value, rules, (text) => URL.canParse(text))
}
