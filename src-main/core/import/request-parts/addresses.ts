/** Addresses of hosts by name, as Options keeps them: a record without names that JavaScript objects have of themselves. */

export function addressRows(known: Readonly<Record<string, string>> | undefined, name: string, address: string): Record<string, string> {
  return Object.fromEntries([...Object.entries(known ?? {}).filter(([one]) => one !== name), [name, address]])
}
