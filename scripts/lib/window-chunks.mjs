// How the window is cut into files: what its first drawing needs is two of them. Left to itself the bundler makes a file of
// every few modules that some other part shares: dozens, which do not compress together.

/**
 * Groups of Rolldown's `codeSplitting`: what the page's own script brings, which runs before all else, since texts stand in
 * constants too and wait for their language; and what it asks for then.
 *
 * @param {string} entry absolute path of the page's own script
 * @param {string} begin absolute path of what it asks for
 */
export function firstChunks(entry, begin) {
  return [
    // Taken first, so that the other group does not draw it in with all that it needs.
    { debugName: 'language', priority: 2, name: nameOf('language', entry) },
    { debugName: 'first', priority: 1, name: nameOf('first', begin) },
  ]
}

function nameOf(name, start) {
  let brought = null
  return (id, context) => {
    brought ??= broughtBy(start, context)
    return id !== start && brought.has(id) ? name : null
  }
}

/** A module with all that it imports at once, and that these do. */
function broughtBy(start, context) {
  const brought = new Set([start])
  // The lists are used again by the bundler for the next module, so each is copied before another one is asked for.
  for (const id of brought) for (const other of [...(context.getModuleInfo(id)?.importedIds ?? [])]) brought.add(other)
  return brought
}
