import type { HostCipher } from './storage/secret-vault.ts'

export type { HostCipher }

/** What a host must supply for core to run. It grows only when something in core needs more. */
export interface CorePorts {
  /** Absolute path of the private data folder. Made if missing. */
  readonly dataDir: string
  /** Where a large body goes that the data folder cannot take: the folder of the file that it is wanted in. */
  readonly overflowDir?: string | null
  /** Where a bug's stack goes; never holds a secret. */
  readonly log: (line: string) => void
  /** Whether to watch collections for changes made by git or an editor. A one-shot command does without. */
  readonly watch: boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Encrypts secrets with a key of the host's, where it has one; otherwise a key file in the data folder does. */
  readonly hostCipher?: HostCipher | null
  /** The process's environment: proxies, netrc and certificate authorities may come from it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly capabilities: {
    readonly realPaths: boolean
    readonly dialogs: boolean
    readonly reveal: boolean
    readonly nativeMenu: boolean
  }
}
