/** What only a shell around the core can do. Each is tied to a capability; a host without it does not answer. */
import { z } from 'zod'

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
  /** Capability `reveal`. */
  'shell.reveal': { input: z.object({ path: z.string().min(1).max(4096) }), output: z.object({}) },
} as const

export type HostCommandName = keyof typeof HOST_COMMANDS
export type HostInput<N extends HostCommandName> = z.input<(typeof HOST_COMMANDS)[N]['input']>
export type HostOutput<N extends HostCommandName> = z.output<(typeof HOST_COMMANDS)[N]['output']>
