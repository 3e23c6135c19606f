/**
 * References of other programs, `{{name}}` and its kin: found by one pass over the text, rewritten to ours, and the values
 * made anew at each send (`{{$guid}}`) told apart by whether we make them, too.
 */
import type { NotesHere } from './notes-here.ts'
import { isRecord } from './loose.ts'

/** Names that `core/resolve/dynamic.ts` makes values for; a test keeps the two alike. */
export const DYNAMIC_NAMES: ReadonlySet<string> = new Set(
  `$uuid $guid $randomUUID $timestamp $timestampMs $isoTimestamp $isoDate $randomInt $randomFloat $randomBoolean
  $randomAlphaNumeric $randomHexadecimal $randomNanoId $randomPassword $randomFirstName $randomLastName $randomFullName
  $randomNamePrefix $randomNameSuffix $randomJobArea $randomJobDescriptor $randomJobTitle $randomJobType $randomUserName
  $randomEmail $randomExampleEmail $randomPhoneNumber $randomPhoneNumberExt $randomCity $randomStreetName
  $randomStreetAddress $randomCountry $randomCountryCode $randomLatitude $randomLongitude $randomZipCode $randomIP
  $randomIPV6 $randomMACAddress $randomDomainName $randomDomainSuffix $randomDomainWord $randomUrl $randomProtocol
  $randomUserAgent $randomSemver $randomColor $randomHexColor $randomLocale $randomAvatarImage $randomImageUrl
  $randomBankAccount $randomBankAccountName $randomBankAccountBic $randomBankAccountIban $randomCreditCardMask
  $randomTransactionType $randomCurrencyCode $randomCurrencyName $randomCurrencySymbol $randomBitcoin $randomPrice
  $randomProduct $randomProductName $randomProductAdjective $randomProductMaterial $randomDepartment $randomCompanyName
  $randomCatchPhrase $randomBs $randomDateFuture $randomDatePast $randomDateRecent $randomMonth $randomWeekday
  $randomFileName $randomFileType $randomFileExt $randomCommonFileName $randomCommonFileType $randomCommonFileExt
  $randomFilePath $randomDirectoryPath $randomMimeType $randomDatabaseColumn $randomDatabaseType $randomDatabaseCollation
  $randomDatabaseEngine $randomWord $randomWords $randomNoun $randomVerb $randomAdjective $randomAbbreviation $randomIngverb
  $randomPhrase $randomLoremWord $randomLoremWords $randomLoremSentence $randomLoremSentences $randomLoremParagraph
  $randomLoremParagraphs $randomLoremText $randomLoremSlug $randomLoremLines`.split(/\s+/),
)

/** A reference is a name, not a page of text; what is longer between two brackets stays as it is. */
const LONGEST = 4096

/**
 * The text with what stands between two marks changed.
 *
 * @param change the new text for the whole reference, marks included; null leaves it
 */
export function withReferences(text: string, open: string, close: string, change: (inner: string) => string | null): string {
  let start = text.indexOf(open)
  if (start < 0) return text
  let result = ''
  let from = 0
  while (start >= 0) {
    const end = text.indexOf(close, start + open.length)
    if (end < 0) break
    // The innermost opening mark is the one that the closing one ends.
    const opened = Math.max(start, text.lastIndexOf(open, end - 1))
    const inner = text.slice(opened + open.length, end)
    const changed = inner.length > LONGEST ? null : change(inner)
    if (changed !== null) {
      result += text.slice(from, opened) + changed
      from = end + close.length
    }
    start = text.indexOf(open, end + close.length)
  }
  return result + text.slice(from)
}

/** The value with every text in it changed, but for what stands under the keys to pass over. */
export function mapTexts(value: unknown, change: (text: string) => string, passOver: ReadonlySet<string> = new Set()): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change, passOver))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, passOver.has(key) ? item : mapTexts(item, change, passOver)]))
}

/** Shows every text in a value. */
function eachText(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value)
  else if (Array.isArray(value)) for (const item of value) eachText(item, visit)
  else if (isRecord(value)) for (const item of Object.values(value)) eachText(item, visit)
}

/** Notes references to what nothing here makes or keeps. They stay as references, which Send then asks about. */
export function noteDynamics(value: unknown, notes: NotesHere): void {
  eachText(value, (text) => {
    if (!text.includes('{{')) return
    withReferences(text, '{{', '}}', (inner) => {
      const name = inner.trim()
      if (name.startsWith('$') && !DYNAMIC_NAMES.has(name)) notes.lost(`There is no dynamic value {{${name}}} here: give it as a variable.`)
      if (name.startsWith('vault:')) notes.lost(`{{${name}}} is in the vault of another program: make it a secret variable.`)
      return null
    })
  })
}
