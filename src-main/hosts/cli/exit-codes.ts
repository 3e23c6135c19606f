/** What the exit status says. The table is part of the stable surface: codes are added, never changed. */
export const EXIT = {
  ok: 0,
  /** An assertion failed, or `--fail` met a status of 400 or more. */
  failed: 1,
  /** Bad usage, or a file that cannot be understood. */
  usage: 2,
  /** The request could not be completed. */
  incomplete: 3,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
