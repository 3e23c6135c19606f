/** How many columns a text takes in a font of fixed width: wide characters two, those that stand upon others none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/gu
const UPON_OTHERS = /[\p{Mn}\p{Me}]/gu

export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  return [...text].length + (text.match(WIDE)?.length ?? 0) - (text.match(UPON_OTHERS)?.length ?? 0)
}
