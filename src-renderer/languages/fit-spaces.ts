/**
 * Chinese is set without spaces, but for those around other letters and digits: a translation has one on each side of a value,
 * `打开 %{0} 失败`, which goes where the value begins or ends with Chinese as well.
 */
const VALUE = /( ?)%\{(\d+)\}( ?)/g
const STARTS = /^[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u
const ENDS = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]$/u

/** A translation without the spaces that these values make wrong; its places stay as they are. */
export function fitSpaces(text: string, value: (index: number) => string): string {
  return text.replace(VALUE, (_place, before: string, index: string, after: string) => {
    const put = value(Number(index))
    return `${STARTS.test(put) ? '' : before}%{${index}}${ENDS.test(put) ? '' : after}`
  })
}
