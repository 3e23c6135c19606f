/**
 * Where a captured value goes, by OpenCollection's names. `runtime`: beside the collection in the private data folder, for
 * every request of it until it is captured anew; the others: into the file of the environment in use, the folder or the collection.
 */
export const CAPTURE_SCOPES = ['runtime', 'environment', 'folder', 'collection'] as const
