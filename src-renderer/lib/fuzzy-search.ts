/** microfuzz, whichever way it is imported: its files are of CommonJS and say that they are of ES. */
import imported from '@nozbe/microfuzz'

/** A bundler that does as Node does hands over the module, and its default is one step further in. */
interface WholeModule {
  readonly default: typeof imported
}

/** Prepares a list to be searched by letters in their order, with gaps between, and by words in any order. */
export const createFuzzySearch = isWhole(imported) ? imported.default : imported

function isWhole(value: unknown): value is WholeModule {
  return typeof value === 'object' && value !== null && 'default' in value
}
