/** What every host gives the core, and what each adds. */
import type { Capabilities } from '#contract/capabilities.ts'
import type { CorePorts, HostCipher } from '#core/ports.ts'

export function portsOf(
  dataDir: string,
  capabilities: Capabilities,
  options: { watch: boolean; log: (line: string) => void; hostCipher?: HostCipher | null },
): CorePorts {
  return { dataDir, capabilities, now: Date.now, env: process.env, ...options }
}
