/**
 * Values made anew for each place: `{{$uuid}}`, `{{$timestamp}}` and the set that people know from Postman and Bruno, by
 * Faker. They follow from a seed, so that what the preview shows is what is sent.
 */
import { createHash } from 'node:crypto'
import { base, en, Faker } from '@faker-js/faker'

export interface DynamicValues {
  readonly names: readonly string[]
  /** Null for a name that there is not. */
  readonly make: (name: string) => string | null
}

type Maker = (faker: Faker, now: Date) => string | number | boolean

const MAKERS: Readonly<Record<string, Maker>> = {
  $uuid: (faker) => faker.string.uuid(),
  $guid: (faker) => faker.string.uuid(),
  $randomUUID: (faker) => faker.string.uuid(),
  $timestamp: (_faker, now) => Math.floor(now.getTime() / 1000),
  $timestampMs: (_faker, now) => now.getTime(),
  $isoTimestamp: (_faker, now) => now.toISOString(),
  $isoDate: (_faker, now) => now.toISOString().slice(0, 10),
  $randomInt: (faker) => faker.number.int({ min: 0, max: 1000 }),
  $randomFloat: (faker) => faker.number.float({ min: 0, max: 1000, fractionDigits: 2 }),
  $randomBoolean: (faker) => faker.datatype.boolean(),
  $randomAlphaNumeric: (faker) => faker.string.alphanumeric(1),
  $randomHexadecimal: (faker) => faker.string.hexadecimal({ length: 8 }),
  $randomNanoId: (faker) => faker.string.nanoid(),
  $randomPassword: (faker) => faker.internet.password({ length: 15 }),

  $randomFirstName: (faker) => faker.person.firstName(),
  $randomLastName: (faker) => faker.person.lastName(),
  $randomFullName: (faker) => faker.person.fullName(),
  $randomNamePrefix: (faker) => faker.person.prefix(),
  $randomNameSuffix: (faker) => faker.person.suffix(),
  $randomJobArea: (faker) => faker.person.jobArea(),
  $randomJobDescriptor: (faker) => faker.person.jobDescriptor(),
  $randomJobTitle: (faker) => faker.person.jobTitle(),
  $randomJobType: (faker) => faker.person.jobType(),
  $randomUserName: (faker) => faker.internet.username(),
  $randomEmail: (faker) => faker.internet.email(),
  $randomExampleEmail: (faker) => faker.internet.exampleEmail(),
  $randomPhoneNumber: (faker) => faker.phone.number({ style: 'national' }),
  $randomPhoneNumberExt: (faker) =>
    `${faker.string.numeric(2)}-${faker.string.numeric(3)}-${faker.string.numeric(3)}-${faker.string.numeric(4)}`,

  $randomCity: (faker) => faker.location.city(),
  $randomStreetName: (faker) => faker.location.street(),
  $randomStreetAddress: (faker) => faker.location.streetAddress(),
  $randomCountry: (faker) => faker.location.country(),
  $randomCountryCode: (faker) => faker.location.countryCode(),
  $randomLatitude: (faker) => faker.location.latitude(),
  $randomLongitude: (faker) => faker.location.longitude(),
  $randomZipCode: (faker) => faker.location.zipCode(),

  $randomIP: (faker) => faker.internet.ipv4(),
  $randomIPV6: (faker) => faker.internet.ipv6(),
  $randomMACAddress: (faker) => faker.internet.mac(),
  $randomDomainName: (faker) => faker.internet.domainName(),
  $randomDomainSuffix: (faker) => faker.internet.domainSuffix(),
  $randomDomainWord: (faker) => faker.internet.domainWord(),
  $randomUrl: (faker) => faker.internet.url(),
  $randomProtocol: (faker) => faker.internet.protocol(),
  $randomUserAgent: (faker) => faker.internet.userAgent(),
  $randomSemver: (faker) => faker.system.semver(),
  $randomColor: (faker) => faker.color.human(),
  $randomHexColor: (faker) => faker.color.rgb(),
  $randomLocale: (faker) => faker.location.language().alpha2,
  $randomAvatarImage: (faker) => faker.image.avatar(),
  $randomImageUrl: (faker) => faker.image.url(),

  $randomBankAccount: (faker) => faker.finance.accountNumber(8),
  $randomBankAccountName: (faker) => faker.finance.accountName(),
  $randomBankAccountBic: (faker) => faker.finance.bic(),
  $randomBankAccountIban: (faker) => faker.finance.iban(),
  $randomCreditCardMask: (faker) => faker.finance.creditCardNumber().slice(-4),
  $randomTransactionType: (faker) => faker.finance.transactionType(),
  $randomCurrencyCode: (faker) => faker.finance.currencyCode(),
  $randomCurrencyName: (faker) => faker.finance.currencyName(),
  $randomCurrencySymbol: (faker) => faker.finance.currencySymbol(),
  $randomBitcoin: (faker) => faker.finance.bitcoinAddress(),
  $randomPrice: (faker) => faker.commerce.price({ min: 0, max: 1000 }),
  $randomProduct: (faker) => faker.commerce.product(),
  $randomProductName: (faker) => faker.commerce.productName(),
  $randomProductAdjective: (faker) => faker.commerce.productAdjective(),
  $randomProductMaterial: (faker) => faker.commerce.productMaterial(),
  $randomDepartment: (faker) => faker.commerce.department(),
  $randomCompanyName: (faker) => faker.company.name(),
  $randomCatchPhrase: (faker) => faker.company.catchPhrase(),
  $randomBs: (faker) => faker.company.buzzPhrase(),

  $randomDateFuture: (faker, now) => faker.date.future({ refDate: now }).toISOString(),
  $randomDatePast: (faker, now) => faker.date.past({ refDate: now }).toISOString(),
  $randomDateRecent: (faker, now) => faker.date.recent({ refDate: now }).toISOString(),
  $randomMonth: (faker) => faker.date.month(),
  $randomWeekday: (faker) => faker.date.weekday(),

  $randomFileName: (faker) => faker.system.fileName(),
  $randomFileType: (faker) => faker.system.fileType(),
  $randomFileExt: (faker) => faker.system.fileExt(),
  $randomCommonFileName: (faker) => faker.system.commonFileName(),
  $randomCommonFileType: (faker) => faker.system.commonFileType(),
  $randomCommonFileExt: (faker) => faker.system.commonFileExt(),
  $randomFilePath: (faker) => faker.system.filePath(),
  $randomDirectoryPath: (faker) => faker.system.directoryPath(),
  $randomMimeType: (faker) => faker.system.mimeType(),
  $randomDatabaseColumn: (faker) => faker.database.column(),
  $randomDatabaseType: (faker) => faker.database.type(),
  $randomDatabaseCollation: (faker) => faker.database.collation(),
  $randomDatabaseEngine: (faker) => faker.database.engine(),

  $randomWord: (faker) => faker.word.sample(),
  $randomWords: (faker) => faker.word.words({ count: { min: 2, max: 5 } }),
  $randomNoun: (faker) => faker.word.noun(),
  $randomVerb: (faker) => faker.word.verb(),
  $randomAdjective: (faker) => faker.word.adjective(),
  $randomAbbreviation: (faker) => faker.hacker.abbreviation(),
  $randomIngverb: (faker) => faker.hacker.ingverb(),
  $randomPhrase: (faker) => faker.hacker.phrase(),
  $randomLoremWord: (faker) => faker.lorem.word(),
  $randomLoremWords: (faker) => faker.lorem.words(),
  $randomLoremSentence: (faker) => faker.lorem.sentence(),
  $randomLoremSentences: (faker) => faker.lorem.sentences(),
  $randomLoremParagraph: (faker) => faker.lorem.paragraph(),
  $randomLoremParagraphs: (faker) => faker.lorem.paragraphs(),
  $randomLoremText: (faker) => faker.lorem.text(),
  $randomLoremSlug: (faker) => faker.lorem.slug(),
  $randomLoremLines: (faker) => faker.lorem.lines(),
}

/**
 * @param seed any text; the same one gives the same values in the same order
 * @param now milliseconds since the epoch
 */
export function dynamicValues(seed: string, now: number): DynamicValues {
  const faker = new Faker({ locale: [en, base] })
  faker.seed(createHash('sha256').update(`dynamic ${seed}`).digest().readUInt32BE())
  return {
    names: Object.keys(MAKERS),
    make: (name) => {
      const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
      return maker ? String(maker(faker, new Date(now))) : null
    },
  }
}
