/** How the main side tells a window its name: an argument of the window's process, which its preload can read. */
const PREFIX = '--posthaste-client='

export function clientArgument(clientId: string): string {
  return `${PREFIX}${clientId}`
}

/** @throws where the argument is missing: the window was not made by us */
export function clientIdFrom(processArguments: readonly string[]): string {
  const found = processArguments.find((argument) => argument.startsWith(PREFIX))
  if (found === undefined) throw new Error('This window has no name.')
  return found.slice(PREFIX.length)
}
