// Which findings of `npm audit` concern what is shipped. All packages are development dependencies here, since the build
// bundles what it needs of them, so npm's own `--omit=dev` would look at none.

/**
 * @param report what `npm audit --json` says
 * @param lock the content of `package-lock.json`
 * @param bill the CycloneDX bill of the build
 */
export function shippedFindings(report, lock, bill) {
  const shipped = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
  const isShipped = (node) => {
    const name = node.slice(node.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return shipped.has(`${name}@${lock.packages[node]?.version}`)
  }
  return Object.values(report.vulnerabilities)
    .filter(({ nodes }) => nodes.some(isShipped))
    .map(({ name, severity, via }) => ({
      name,
      severity,
      titles: via.flatMap((cause) => (typeof cause === 'object' ? [`${cause.title} (${cause.url})`] : [])),
    }))
}
