/** What core tells its windows without being asked. Every window gets every event and drops what is not its own. */
import { z } from 'zod'
import { WireErrorSchema } from './errors.ts'
import { JarKeySchema } from './model/cookie.ts'
import { DraftSchema, LayerDraftSchema } from './model/draft.ts'
import { ExchangeProgressSchema } from './model/exchange.ts'
import { CollectionIdSchema, DraftIdSchema, ExchangeIdSchema } from './model/ids.ts'
import { ImportProgressSchema } from './model/import.ts'
import { PagesProgressSchema } from './model/pages.ts'
import { RunProgressSchema } from './model/run.ts'
import { SettingsFileSchema } from './model/settings.ts'
import { CollectionChangeSchema, MovedSchema } from './model/workspace.ts'

export const EVENTS = {
  'exchange.progressed': ExchangeProgressSchema,
  /** A page came of those that `pages.collect` goes through. */
  'pages.progressed': PagesProgressSchema,
  /** How far a run is. */
  'run.progressed': RunProgressSchema,
  /** How far `import.read` or `import.write` is. */
  'import.progressed': ImportProgressSchema,
  /** A collection changed, by a command or on disk; `moved` maps ids of open tabs to their new ones. */
  'workspace.changed': z.object({
    /** One more with each; after a gap, or before the first `workspace.read`, what `changed` begins with is not known. */
    sequence: z.number().int(),
    /** All that are open, in the order of the list. */
    order: z.array(CollectionIdSchema),
    changed: z.array(CollectionChangeSchema),
    moved: MovedSchema,
  }),
  /** Another window edited an open tab; `origin` is the client that did, the rest is of its `drafts.save`. */
  'draft.changed': z.object({
    origin: z.string(),
    draft: DraftSchema,
    sequence: z.number().int(),
    base: z.number().int().optional(),
  }),
  /** Another window edited an environment, a session or defaults; a null draft: it saved or discarded the edits. */
  'layerDraft.changed': z.object({ origin: z.string(), id: DraftIdSchema, draft: LayerDraftSchema.nullable() }),
  /** Cookies of a jar were set or removed: by an answer, by a person, or by another process. */
  'cookies.changed': z.object({ jar: JarKeySchema }),
  /** Entries came, changed or went, here or by another process; `added` are those this process recorded. */
  'history.changed': z.object({ added: z.array(ExchangeIdSchema) }),
  /** The settings changed: in a window, by another process, or in their file. */
  'settings.changed': SettingsFileSchema,
  /** Something failed while nobody waited for an answer: a damaged file, say, or a bug (logged with its stack). */
  'bug.reported': z.object({ error: WireErrorSchema }),
  /** A menu item of the host was chosen, or a link opened: the window runs the action of that name. */
  'action.requested': z.object({ action: z.string() }),
  /** The system handed a file or a link to the host: `shell.takeOpened` has it. */
  'shell.opened': z.object({}),
} as const

export type EventName = keyof typeof EVENTS
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>
export type AnyEvent = { readonly [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> } }[EventName]
