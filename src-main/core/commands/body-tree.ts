/** Looking at stored bodies as trees, as commands: the children of a node by pages, what a node says by pieces. */
import type { BodyTrees } from '../bodies/body-trees.ts'
import type { Handlers } from '../dispatch.ts'

type TreeHandlers = Pick<Handlers, 'tree.open' | 'tree.children' | 'tree.text' | 'tree.path' | 'tree.close'>

/** The handlers of every `tree.…` command. */
export function bodyTreeHandlers(trees: BodyTrees): TreeHandlers {
  return {
    'tree.open': (input, { signal }) => trees.open(input, signal),
    'tree.children': (input, { signal }) => trees.children(input, signal),
    'tree.text': (input) => trees.text(input),
    'tree.path': (input, { signal }) => trees.path(input, signal),
    'tree.close': async ({ treeId }) => {
      await trees.close(treeId)
      return {}
    },
  }
}
