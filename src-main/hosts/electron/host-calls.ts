/** The commands that only a shell can answer: dialogs of the system, and showing a file. Inputs are checked as core's are. */
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { dialog, shell, type BrowserWindow } from 'electron'
import type { z } from 'zod'
import type { WireError } from '#contract/errors.ts'
import { HOST_COMMANDS, type HostCommandName, type HostOutput, type Opened } from '#contract/host-commands.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { cleanFileName } from '../shell/body-answer.ts'
import { invalidCall } from '../shell/call-session.ts'
import type { MenuTexts } from './menu-roles.ts'

type ParsedHostInput<N extends HostCommandName> = z.output<(typeof HOST_COMMANDS)[N]['input']>

/** What a host command works with. */
export interface HostScope {
  readonly window: BrowserWindow
  /** Told of the path that the user chose to save to: the core then lets the page write there. */
  readonly grantWrite: (path: string) => void
  /** What waits to be opened, which then no longer does. */
  readonly takeOpened: () => readonly Opened[]
  readonly showMenuTexts: (texts: MenuTexts) => void
}

type HostHandlers = { readonly [N in HostCommandName]: (input: ParsedHostInput<N>, scope: HostScope) => Promise<HostOutput<N>> }

const HANDLERS: HostHandlers = {
  'dialog.openFiles': async ({ title, multiple }, { window }) => {
    const properties: ('openFile' | 'multiSelections')[] = multiple ? ['openFile', 'multiSelections'] : ['openFile']
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties })
    return { paths: canceled ? [] : filePaths }
  },
  'dialog.openFolder': async ({ title }, { window }) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openDirectory', 'createDirectory'] })
    return { path: canceled ? null : (filePaths[0] ?? null) }
  },
  'dialog.saveFile': async ({ title, defaultName }, { window, grantWrite }) => {
    // The name may come from a response: it must not lead to another folder.
    const defaultPath = join(homedir(), cleanFileName(defaultName))
    const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath })
    if (canceled || filePath === '') return { path: null }
    grantWrite(filePath)
    return { path: filePath }
  },
  'menu.say': async ({ texts }, { showMenuTexts }) => {
    showMenuTexts(texts)
    return {}
  },
  'shell.reveal': async ({ path }) => {
    if (isAbsolute(path)) shell.showItemInFolder(path)
    return {}
  },
  'shell.takeOpened': async (_input, { takeOpened }) => ({ opened: [...takeOpened()] }),
}

export function isHostCommand(name: string): name is HostCommandName {
  return Object.hasOwn(HOST_COMMANDS, name)
}

/** Answers a host command; an input that does not fit is refused. */
export async function callHost(name: HostCommandName, input: unknown, scope: HostScope): Promise<Result<unknown, WireError>> {
  const parsed = HOST_COMMANDS[name].input.safeParse(input ?? {})
  if (!parsed.success) return failed(invalidCall(`The input of ${name} is not right: ${parsed.error.issues[0]?.message ?? 'invalid'}.`))
  // The schema of this very name has parsed the input; the compiler cannot follow that through the union.
  const handler = HANDLERS[name] as (input: unknown, scope: HostScope) => Promise<unknown>
  return ok(await handler(parsed.data, scope))
}
