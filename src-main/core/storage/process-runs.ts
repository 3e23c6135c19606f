/** Whether a process that left its mark in a file still runs. Its number alone does not say so: in a container a program that was killed and started again often has the same one. */
import { readFile } from 'node:fs/promises'
import { systemCode } from '../lib/core-error.ts'

export interface ProcessMark {
  readonly pid: number
  /** When that process began, in the system's own count; null where it does not tell. Another process may have the number by now. */
  readonly started: string | null
}

/** The mark of this process. */
export async function ownMark(): Promise<ProcessMark> {
  return { pid: process.pid, started: await startOf(process.pid) }
}

/** Whether the very process of a mark runs; null: one with its number does, and nothing tells whether it is the same. */
export async function runs({ pid, started }: ProcessMark): Promise<boolean | null> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Not allowed to signal it: then it is there.
    if (systemCode(error) !== 'EPERM') return false
  }
  const now = await startOf(pid)
  return started !== null && now !== null ? started === now : null
}

/** Linux tells when a process began, in ticks since the machine did. @see proc_pid_stat(5), field 22 */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The second field is the program's name in brackets, which may hold anything.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
