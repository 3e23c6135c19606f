/**
 * Chinese is set without spaces, but for those around other letters and digits: a translation has one on each side of a value,
 * `打开 %{0} 失败`, which goes where the value begins or ends with Chinese as well.
 */
const VALUE = /( ?)%\{(\d+)\}( ?)/g
const NEXT = /^%\{(\d+)\}/
/** A sign that has a space on each side in Chinese, too. */
const SIGN = /[/·–+=<>→|]/
const STARTS = /^[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u
const ENDS = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]$/u

/** A translation without the spaces that these values make wrong; its places stay as they are. */
export function fitSpaces(text: string, value: (index: number) => string): string {
  return text.replace(VALUE, (place: string, before: string, index: string, after: string, at: number) => {
    const put = value(Number(index))
    const isAfterSign = SIGN.test(text.charAt(at - 1))
    const rest = text.slice(at + place.length)
    // Of two values beside each other the second may begin with what needs the space.
    const next = NEXT.exec(rest)?.[1]
    const isLastOfChinese = ENDS.test(put) && (next === undefined || STARTS.test(value(Number(next))))
    return `${STARTS.test(put) && !isAfterSign ? '' : before}%{${index}}${isLastOfChinese && !SIGN.test(rest.charAt(0)) ? '' : after}`
  })
}
