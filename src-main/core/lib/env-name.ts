/** A variable's name as environment variables are named: `api-token` is `API_TOKEN`. */
export function envNameOf(name: string): string {
  const own = /^process\.env\.([A-Za-z_]\w*)$/.exec(name)?.[1]
  if (own !== undefined) return own
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[^A-Za-z\d]+/g, '_')
  const plain = words.replace(/^_+|_+$/g, '').toUpperCase()
  return /^[A-Z]/.test(plain) ? plain : `VAR_${plain}`.replace(/_$/, '')
}
