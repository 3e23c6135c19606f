export interface Finding {
  readonly name: string
  readonly severity: string
  readonly titles: readonly string[]
}

export interface AuditReport {
  readonly vulnerabilities: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly severity: string
        readonly nodes: readonly string[]
        readonly via: readonly (string | { readonly title: string; readonly url: string })[]
      }
    >
  >
}

export function shippedFindings(
  report: AuditReport,
  lock: { readonly packages: Readonly<Record<string, { readonly version?: string }>> },
  bill: { readonly components: readonly { readonly name: string; readonly version: string }[] },
): Finding[]
