// How the window is cut into files: what its first drawing needs is two of them, and each part that it begins with one more. Left to
// itself the bundler makes a file of every few modules that some other part shares: dozens, which do not compress together, and
// keep the browser and the host busy with asking for each.

/**
 * Groups of Rolldown's `codeSplitting`: of each start what it brings that no start before it has brought. The later ones do not
 * draw in what the earlier ones need.
 *
 * @param {readonly (readonly [name: string, start: string])[]} starts in the order in which they are asked for; absolute paths
 */
export function windowChunks(starts) {
  return starts.map(([name, start], at) => ({ debugName: name, priority: starts.length - at, name: nameOf(name, start) }))
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
