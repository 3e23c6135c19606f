/**
 * Which host names IDNA 2008 allows, as Python's `idna` asks before it encodes one. Node and browsers follow UTS 46
 * instead, which lets symbols through (`☃.net`) and rewrites others (`１` to 1). Characters that need certain neighbours
 * are let through wherever they stand.
 *
 * @see RFC 5891 §4.2; RFC 5892 §2, §3
 */

/** RFC 5892 §2.6, and the characters that only some neighbours allow. */
const ALLOWED = /^[\u00df\u03c2\u06fd\u06fe\u0f0b\u3007\u00b7\u0375\u05f3\u05f4\u30fb\u0660-\u0669\u06f0-\u06f9\u200c\u200d]$/u
const DISALLOWED = /^[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]$/u
const LETTER_OR_DIGIT = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u
const IGNORABLE = /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Noncharacter_Code_Point}]$/u
const OLD_HANGUL = /^[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]$/u

/** Whether the labels of a name that are not ASCII may be in a host's name; its letters may be upper case. */
export function isIdna2008(name: string): boolean {
  return name
    .toLowerCase()
    .split('.')
    .every((label) => /^[\0-\x7f]*$/.test(label) || isLabel(label))
}

function isLabel(label: string): boolean {
  if (label.normalize('NFC') !== label || /^-|-$|^..--|^\p{M}/u.test(label)) return false
  return [...label].every((char) => (char <= '\x7f' ? /[a-z0-9-]/.test(char) : isValid(char)))
}

function isValid(char: string): boolean {
  if (ALLOWED.test(char)) return true
  if (DISALLOWED.test(char) || IGNORABLE.test(char) || OLD_HANGUL.test(char) || !isStable(char)) return false
  return LETTER_OR_DIGIT.test(char)
}

/** Whether a character stays what it is when it is compared without case and compatibility forms. */
function isStable(char: string): boolean {
  const upper = char.toUpperCase()
  // Full case folding, which JavaScript lacks, differs from lower case where the capital has more letters.
  const folded = upper.length > char.length ? upper.toLowerCase() : char.normalize('NFKC').toLowerCase()
  return folded.normalize('NFKC') === char
}
