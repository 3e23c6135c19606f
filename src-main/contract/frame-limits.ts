/** How large a frame may be. No schema in here, so the window can import it for nothing. */

/** Largest frame a host accepts, in bytes: enough for a form with a large typed body, not for a file. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024
