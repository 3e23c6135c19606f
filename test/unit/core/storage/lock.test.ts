import { spawnSync } from 'node:child_process'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLocks } from '#core/storage/lock.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('a lock', () => {
  test('is held by one at a time, in the order asked', async () => {
    const locks = createLocks(await tempDir())
    const seen: string[] = []
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name} in`)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${name} out`)
    }

    await Promise.all([locks.hold('/c', work('a')), locks.hold('/c', work('b'))])

    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out'])
  })

  test('shuts out another holder of the same data folder', async () => {
    const dir = await tempDir()
    const [one, other] = [createLocks(dir), createLocks(dir)]
    let inside = 0
    let most = 0
    const work = async (): Promise<void> => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }

    await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? one : other).hold('/c', work)))

    expect(most).toBe(1)
  })

  test('does not shut out work on something else', async () => {
    const locks = createLocks(await tempDir())

    const value = await locks.hold('/a', () => locks.hold('/b', async () => 'both'))

    expect(value).toBe('both')
  })

  test('is gone after the work, done or failed', async () => {
    const dir = await tempDir()
    const locks = createLocks(dir)

    await locks.hold('/c', async () => 1)
    await expect(locks.hold('/c', () => Promise.reject(new Error('no')))).rejects.toThrow('no')

    expect(await readdir(join(dir, 'locks'))).toEqual([])
  })

  test('of a process that died is taken over', async () => {
    const dir = await tempDir()
    await plant(dir, JSON.stringify({ pid: deadPid(), host: hostname(), token: 'x' }))

    expect(await createLocks(dir).hold('/c', async () => 'done')).toBe('done')
  })

  test('of a process that died is taken over, though its number is another process’s now, or our own', async () => {
    const dir = await tempDir()
    for (const pid of [process.pid, process.ppid]) {
      const started = process.platform === 'linux' ? '1' : null
      if (started === null && pid !== process.pid) continue
      await plant(dir, JSON.stringify({ pid, started, host: hostname(), token: 'x' }))

      expect(await createLocks(dir).hold('/c', async () => 'done')).toBe('done')
    }
  })

  test('that is older than any work takes is taken over, even empty or from elsewhere', async () => {
    const dir = await tempDir()
    const locks = createLocks(dir)
    for (const content of ['', JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' })]) {
      const path = await plant(dir, content)
      await utimes(path, new Date(0), new Date(0))

      expect(await locks.hold('/c', async () => 'done')).toBe('done')
    }
  })

  test('that another process has just made is not taken for an old one where the clock was set forward', async () => {
    const dir = await tempDir()
    const path = await plant(dir, JSON.stringify({ pid: process.ppid, host: hostname(), token: 'x', uptime: uptime() }))
    await utimes(path, new Date(0), new Date(0))

    await expect(createLocks(dir, { patienceMs: 50, staleMs: 60_000 }).hold('/c', async () => 1)).rejects.toThrow('Another Posthaste')
  })

  test('that is left over is taken over where the clock was set back since', async () => {
    const dir = await tempDir()
    const path = await plant(dir, '')
    await utimes(path, new Date('2090-01-01'), new Date('2090-01-01'))

    expect(await createLocks(dir).hold('/c', async () => 'done')).toBe('done')
  })

  test('that another process keeps is waited for, and then told of', async () => {
    const dir = await tempDir()
    await plant(dir, JSON.stringify({ pid: process.ppid, host: hostname(), token: 'x' }))
    const locks = createLocks(dir, { patienceMs: 50, staleMs: 60_000 })

    await expect(locks.hold('/c', async () => 1)).rejects.toMatchObject({ kind: 'StorageError', message: expect.stringContaining('/c') })
  })

  test('that cannot be made does not stop a write', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'locks'), 'a file, not a folder')

    expect(await createLocks(dir).hold('/c', async () => 'done')).toBe('done')
  })

  /** Puts a lock where the one of `/c` would be. */
  async function plant(dir: string, content: string): Promise<string> {
    let path = ''
    await createLocks(dir).hold('/c', async () => {
      path = join(dir, 'locks', (await readdir(join(dir, 'locks')))[0]!)
    })
    await mkdir(join(dir, 'locks'), { recursive: true })
    await writeFile(path, content)
    return path
  }

  function deadPid(): number {
    return spawnSync(process.execPath, ['-e', '']).pid
  }
})
