/** Which groups of options are open. A matter of this window's moment: not kept over a restart, and no part of undo. */
import { create } from 'zustand'
import type { Options } from '#contract/model/request.ts'
import type { OptionsForm } from './options-form.ts'
import { t } from '../lib/t.ts'

interface GroupsState {
  /** By sort of form and title: true is open. */
  readonly open: Readonly<Record<string, boolean>>
  fold: (key: string, isOpen: boolean) => void
}

export const useGroupsStore = create<GroupsState>()((set) => ({
  open: {},
  fold: (key, isOpen) => set((state) => ({ open: { ...state.open, [key]: isOpen } })),
}))

const TITLES: Partial<Record<keyof Options, string>> = {
  timeout: t`Timeouts`,
  followRedirects: t`Redirects`,
  maxRedirects: t`Redirects`,
  stepRedirects: t`Redirects`,
  retry: t`Retries`,
  verify: 'TLS',
  cert: 'TLS',
  tls: 'TLS',
  proxies: t`Proxy`,
  noProxy: t`Proxy`,
  trustEnv: t`Proxy`,
  http2: t`Connection`,
  lenient: t`Connection`,
  encoding: t`Connection`,
  unixSocket: t`Connection`,
  resolve: t`Connection`,
}

/** Open the group that an option is in, to be seen. @param path such as `timeout.read` */
export function openGroupOf(scope: OptionsForm['scope'], path: string): void {
  const [key = ''] = path.split('.')
  const title = new Map(Object.entries(TITLES)).get(key)
  if (title !== undefined) useGroupsStore.getState().fold(`${scope}/${title}`, true)
}
