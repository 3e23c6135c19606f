/** Which generator makes code of which language; each is loaded when it is first asked for. */
import type { CodeLanguageId } from '#contract/model/code.ts'
import type { CodeGenerator } from './code-source.ts'

const GENERATORS: Readonly<Record<CodeLanguageId, () => Promise<CodeGenerator>>> = {
  python: async () => (await import('./python/generate.ts')).generatePython,
}

export function generatorOf(language: CodeLanguageId): Promise<CodeGenerator> {
  return GENERATORS[language]()
}
