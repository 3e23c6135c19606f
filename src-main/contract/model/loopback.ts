/** Which hosts are this machine. No network is between: what is sent there needs no encryption. */

/** @param host in lower case, IPv6 without brackets */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
