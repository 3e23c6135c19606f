/** Variables that systems, shells and HTTP clients have, which would stand in the place of what is meant, or change what is sent. */
const OF_OTHERS: ReadonlySet<string> = new Set(
  (
    'PATH HOME USER USERNAME LOGNAME SHELL LANG TERM PWD OLDPWD HOSTNAME TMP TEMP TMPDIR EDITOR DISPLAY MAIL OS UID EUID PPID ' +
    'GROUPS RANDOM SECONDS LINENO IFS HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY'
  ).split(' '),
)

/** A variable's name as environment variables are named: `api-token` is `API_TOKEN`. */
export function envNameOf(name: string): string {
  const own = /^process\.env\.([A-Za-z_]\w*)$/.exec(name)?.[1]
  if (own !== undefined) return own
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[^A-Za-z\d]+/g, '_')
  const plain = words.replace(/^_+|_+$/g, '').toUpperCase()
  return /^[A-Z]/.test(plain) && !OF_OTHERS.has(plain) ? plain : `VAR_${plain}`.replace(/_$/, '')
}
