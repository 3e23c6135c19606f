/** Which part answers which command. */
import { createBodyTrees } from './bodies/body-trees.ts'
import { createRecordViews } from './bodies/record-views.ts'
import { appHandlers } from './commands/app.ts'
import { bodyHandlers } from './commands/bodies.ts'
import { bodyTreeHandlers } from './commands/body-tree.ts'
import { bodyQueryHandlers } from './commands/body-query.ts'
import { bodySearchHandlers } from './commands/body-search.ts'
import { codeHandlers } from './commands/code.ts'
import { compareHandlers } from './commands/compare.ts'
import { cookieHandlers } from './commands/cookies.ts'
import { derivedBodyHandlers } from './commands/derived-bodies.ts'
import { draftHandlers, layerDraftHandlers } from './commands/drafts.ts'
import { exampleHandlers } from './commands/examples.ts'
import { prepareFor, subjectFrom } from './commands/prepare-for.ts'
import { exportHandlers } from './commands/export.ts'
import { fileHandlers } from './commands/files.ts'
import { keptTextHandlers } from './commands/kept-texts.ts'
import { harHandlers } from './commands/har.ts'
import { importHandlers } from './commands/import.ts'
import { createImportPlaces } from './commands/import-places.ts'
import { createHandedFiles } from './commands/handed-files.ts'
import { historyHandlers } from './commands/history.ts'
import { recordHandlers } from './commands/records.ts'
import { pagesHandlers } from './commands/pages.ts'
import { runHandlers } from './commands/run.ts'
import { settingsHandlers } from './commands/settings.ts'
import { workspaceHandlers } from './commands/workspace.ts'
import type { CoreError } from './lib/core-error.ts'
import type { CorePorts } from './ports.ts'
import type { CoreEvents } from './core-events.ts'
import type { Parts } from './create-parts.ts'
import type { Handlers } from './dispatch.ts'

export interface Doors {
  /** Why the data folder cannot be used; null where it can. */
  readonly problem: CoreError | null
  /** Paths that a window may write a body to, once each. */
  readonly granted: Set<string>
}

/** Every command with what answers it. */
export function handlersOf(ports: CorePorts, parts: Parts, events: CoreEvents, { problem, granted }: Doors): Handlers {
  const { bodies, workspace, drafts, exchanges, history } = parts
  const handedFiles = createHandedFiles(ports)
  const trees = createBodyTrees(bodies, parts.views.tools)
  return {
    ...appHandlers(ports, () => problem?.toWire() ?? null),
    ...settingsHandlers(parts.settings, parts.settingsWatch),
    ...historyHandlers(history, exchanges, parts.secretsAround),
    ...workspaceHandlers(workspace, parts.guard, parts.news),
    ...draftHandlers(drafts, (payload) => events.emit({ name: 'draft.changed', payload })),
    ...layerDraftHandlers(drafts, (payload) => events.emit({ name: 'layerDraft.changed', payload })),
    ...fileHandlers(workspace.rootOf),
    ...bodyTreeHandlers(trees),
    ...compareHandlers(bodies),
    ...derivedBodyHandlers(bodies),
    ...keptTextHandlers({ textOf: parts.views.text, search: parts.search, trees, store: bodies, shares: parts.views.tools.shares }),
    ...exampleHandlers({ requests: workspace.requests, bodies, guard: parts.guard, now: ports.now }),
    ...harHandlers(bodies),
    ...importHandlers({
      workspace,
      vault: parts.vault,
      guard: parts.guard,
      places: createImportPlaces(ports, handedFiles),
      emit: (payload) => events.emit({ name: 'import.progressed', payload }),
    }),
    ...bodyHandlers({ views: parts.views, store: bodies, mayWrite: (path) => granted.delete(path) }),
    ...recordHandlers(createRecordViews(bodies), parts.views.expect),
    ...bodyQueryHandlers(parts.queries, parts.views.tools.shares),
    ...bodySearchHandlers(parts.search),
    ...exchanges.handlers,
    ...codeHandlers(parts.around),
    ...exportHandlers(parts),
    ...pagesHandlers({
      exchanges,
      bodies,
      urlOf: async (input) => (await prepareFor(subjectFrom(input, workspace.rootOf), parts.around)).preview.url,
      rootOf: workspace.rootOf,
      emit: (payload) => events.emit({ name: 'pages.progressed', payload }),
    }),
    ...runHandlers({ ...parts, handedFiles }),
    ...parts.sockets,
    ...cookieHandlers(parts.jars),
    ...parts.oauth2.handlers,
    ...parts.ofCollections,
  }
}
