/** What only a shell around the core can do. Each is tied to a capability; a host without it does not answer. */
import { z } from 'zod'

/** What the system asked the app to open: a file to import, a collection's folder, or what a `posthaste:` link holds. */
export const OpenedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), path: z.string() }),
  z.object({ kind: z.literal('collection'), path: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
])
export type Opened = z.infer<typeof OpenedSchema>

export const HOST_COMMANDS = {
  /** Capability `dialogs`. An empty list: the user thought better of it. */
  'dialog.openFiles': {
    input: z.object({ title: z.string().max(200), multiple: z.boolean() }),
    output: z.object({ paths: z.array(z.string()) }),
  },
  /** Capability `dialogs`. */
  'dialog.openFolder': { input: z.object({ title: z.string().max(200) }), output: z.object({ path: z.string().nullable() }) },
  /** Capability `dialogs`. */
  'dialog.saveFile': {
    input: z.object({ title: z.string().max(200), defaultName: z.string().max(255) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Capability `nativeMenu`. What the menus say in the window's language, by its English; what is left out stays English. */
  'menu.say': { input: z.object({ texts: z.record(z.string().max(100), z.string().max(100)) }), output: z.object({}) },
  /** Capability `reveal`. */
  'shell.reveal': { input: z.object({ path: z.string().min(1).max(4096) }), output: z.object({}) },
  /** Capability `realPaths`. What waits to be opened, each thing once; the event `shell.opened` says that there is more. */
  'shell.takeOpened': { input: z.object({}), output: z.object({ opened: z.array(OpenedSchema) }) },
} as const

export type HostCommandName = keyof typeof HOST_COMMANDS
export type HostInput<N extends HostCommandName> = z.input<(typeof HOST_COMMANDS)[N]['input']>
export type HostOutput<N extends HostCommandName> = z.output<(typeof HOST_COMMANDS)[N]['output']>
