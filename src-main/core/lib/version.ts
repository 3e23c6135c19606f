/** The version of Posthaste, from its package file. */
import packageFile from '../../../package.json' with { type: 'json' }

export const VERSION: string = packageFile.version

/** The default User-Agent: fixed, and replaced by a typed one. */
export const USER_AGENT = `Posthaste/${VERSION}`
