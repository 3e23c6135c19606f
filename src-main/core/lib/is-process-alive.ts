/** Whether a process of that number runs on this machine, whoever's it is. */
import { systemCode } from './core-error.ts'

export function isProcessAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
