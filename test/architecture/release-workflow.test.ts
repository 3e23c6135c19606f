/** The release workflow calls scripts that there are, hands out few rights, and lets no secret into a command line. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import packageFile from '../../package.json' with { type: 'json' }

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Record<string, string>
}
interface Workflow {
  readonly permissions: unknown
  readonly jobs: Record<string, { readonly permissions?: unknown; readonly needs?: unknown; readonly steps: readonly Step[] }>
}

const ROOT = resolve(import.meta.dirname, '..', '..')
const text = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')
const { permissions, jobs } = parse(text) as Workflow
const steps = Object.values(jobs).flatMap((job) => job.steps)

test('it runs npm scripts that there are', () => {
  const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/\bnpm run (?:--silent )?([\w:]+)/g)].map((match) => match[1]))

  expect(Object.keys(packageFile.scripts)).toEqual(expect.arrayContaining(named))
  expect(named).toEqual(expect.arrayContaining(['check', 'audit', 'build', 'package', 'sbom']))
})

test('it checks before it packs, and drafts when all is packed', () => {
  expect([jobs['package']?.needs, jobs['draft']?.needs]).toEqual(['check', ['check', 'package']])
})

test('only the job that drafts may write, and only its own repository', () => {
  expect(permissions).toEqual({ contents: 'read' })
  expect(Object.entries(jobs).flatMap(([name, job]) => (job.permissions === undefined ? [] : [[name, job.permissions]]))).toEqual([
    ['draft', { contents: 'write' }],
  ])
})

test('secrets are in the environment of steps alone, and nothing is put into a command by the workflow', () => {
  for (const { run = '', name } of steps) expect(run, name).not.toContain('${{')
  const inEnvironment = steps.flatMap(({ env = {} }) => Object.values(env)).filter((value) => value.includes('secrets.'))
  expect(text.match(/secrets\./g)).toHaveLength(inEnvironment.join(' ').match(/secrets\./g)?.length ?? 0)
})

test('it uses actions of GitHub only', () => {
  expect(steps.filter(({ uses }) => uses !== undefined && !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([])
})
