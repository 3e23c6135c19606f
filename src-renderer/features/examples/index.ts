/** Saved examples: the menu beside an answer, and the head of one that is shown. */
export { ExampleHead } from './example-head.tsx'
export { ExamplesMenu } from './examples-menu.tsx'
