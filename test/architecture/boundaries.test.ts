import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')

interface Report {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[]
  }
}

async function cruise(folder: string): Promise<Report['summary']> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [cli, 'src-main', 'src-renderer', '--output-type', 'json', '--config', '.dependency-cruiser.cjs']
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (failure: { stdout: string }) => failure,
  )
  return (JSON.parse(stdout) as Report).summary
}

describe('the layering', () => {
  test('the whole source is cruised and keeps every rule', async () => {
    const { totalCruised, violations } = await cruise(root)

    // A wrong parser makes the tool see nothing and say "no violations".
    expect(totalCruised).toBeGreaterThan(100)
    expect(violations.map((violation) => `${violation.rule.name}: ${violation.from}`)).toEqual([])
  })

  describe('on a tree with seeded breaches', () => {
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'posthaste-layers-'))
      for (const name of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json', 'tsconfig.core.json'])
        await cp(join(root, name), join(folder, name))
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
      const seeds: Record<string, string> = {
        'src-main/contract/leaf.ts': "import '../core/send/secret.ts'\nexport const leaf = 1\n",
        'src-main/core/send/secret.ts': "import '../storage/files.ts'\nexport const secret = 1\n",
        'src-main/core/storage/files.ts': "import 'undici'\nexport const files = 1\n",
        'src-main/core/prepare/form.ts': "import '../send/secret.ts'\nexport const form = 1\n",
        'src-main/core/lib/host.ts': "import '../../hosts/web/main.ts'\nexport const host = 1\n",
        'src-main/hosts/web/main.ts': "import '../cli/main.ts'\nexport const web = 1\n",
        'src-main/hosts/cli/main.ts': "import '#core/send/secret.ts'\nexport const cli = 1\n",
        'src-renderer/features/a/index.ts': "import '../b/index.ts'\nimport '#core/lib/host.ts'\nexport const a = 1\n",
        'src-renderer/features/b/index.ts': 'export const b = 1\n',
        'src-renderer/stores/x-store.ts': "import './y-store.ts'\nexport const x = 1\n",
        'src-renderer/stores/y-store.ts': 'export const y = 1\n',
      }
      for (const [path, text] of Object.entries(seeds)) {
        await mkdir(join(folder, path, '..'), { recursive: true })
        await writeFile(join(folder, path), text)
      }
    })
    afterAll(() => rm(folder, { recursive: true }))

    test('each breach is caught', async () => {
      const { violations } = await cruise(folder)

      expect([...new Set(violations.map((violation) => violation.rule.name))]).toEqual(
        expect.arrayContaining([
          'contract-is-a-leaf',
          'send-does-not-store',
          'one-file-imports-undici',
          'prepare-is-pure',
          'core-knows-no-host',
          'hosts-do-not-import-each-other',
          'hosts-enter-by-the-door',
          'features-do-not-import-features',
          'renderer-sees-only-contract',
          'stores-are-isolated',
        ]),
      )
    })
  })
})
