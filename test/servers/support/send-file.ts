/** Sends a request file with the built command line, as a user would, and reads what it says. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const CLI = resolve(import.meta.dirname, '../../../out/main/cli.js')

export interface SentExchange {
  readonly ok: boolean
  readonly request: { readonly method: string; readonly url: string; readonly headers: [string, string][]; readonly bodyText?: string }
  readonly response: {
    readonly status: number
    readonly httpVersion: string
    readonly url: string
    readonly headers: [string, string][]
    readonly bodyText?: string
    readonly bodyBase64?: string
    readonly bodyBytes: number
    readonly wireBytes: number
    readonly savedTo?: string
  }
  readonly history: { readonly response: { readonly status: number } }[]
  readonly connection: {
    readonly tls: { readonly protocol: string; readonly alpn: string | null; readonly authorized: boolean } | null
    readonly proxy: { readonly url: string; readonly mode: string; readonly why: string } | null
  }
  readonly warnings: string[]
  readonly error?: { readonly kind: string; readonly message: string; readonly hint?: string }
}

export interface Sent {
  readonly code: number
  readonly exchange: SentExchange
  readonly stderr: string
}

/** Write `http:` YAML (indented as in a request file) to a file of `folder` and send it with `--json`. */
export async function sendYaml(
  folder: string,
  yaml: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Sent> {
  const file = join(folder, `request-${Math.random().toString(36).slice(2)}.yml`)
  await writeFile(file, `info:\n  name: A request\n  type: http\n${yaml}`)
  const { code, stdout, stderr } = await runCli(['send', file, '--json', '--data-dir', join(folder, 'data'), ...args], env)
  return { code, stderr, exchange: JSON.parse(stdout) as SentExchange }
}

/** Run the built command line. */
export async function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [CLI, ...args],
      { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      },
    )
  })
}

/** The JSON of a response's body. */
export function jsonOf(sent: Sent): Record<string, unknown> {
  return JSON.parse(sent.exchange.response.bodyText ?? 'null') as Record<string, unknown>
}
