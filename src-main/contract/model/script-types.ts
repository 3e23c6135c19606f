/** When a script runs, by OpenCollection's names; a file may have others. */
export const SCRIPT_TYPES = ['before-request', 'after-response', 'tests'] as const
