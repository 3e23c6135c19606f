// Which tests failed and what they said, out of the JSON reports of both runners: a name is lost among thousands of lines.
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ROOT } from './project.mjs'

const MOST_LINES = 10

/** Failed tests in a report of Vitest; a file that fails outside its tests, say because it does not load, is one too. */
export function failedInVitest(report) {
  return report.testResults.flatMap((file) => {
    const path = relative(ROOT, file.name)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0 && file.status === 'failed') return [{ name: path, message: file.message }]
    return failed.map(({ ancestorTitles, title, failureMessages }) => ({
      name: [path, ...ancestorTitles, title].join(' > '),
      message: failureMessages.join('\n'),
    }))
  })
}

/** Failed tests in a report of Playwright, and what failed outside of them. */
export function failedInPlaywright(report) {
  const outside = report.errors.map(({ message }) => ({ name: 'outside of the tests', message: message ?? '' }))
  return [...report.suites.flatMap((suite) => failedInSuite(suite, [])), ...outside]
}

function failedInSuite(suite, above) {
  const titles = [...above, above.length === 0 ? `test/e2e/${suite.title}` : suite.title]
  const failed = suite.specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => ({
        name: [...titles, title].join(' > '),
        message: results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n'),
      })),
  )
  return [...failed, ...(suite.suites ?? []).flatMap((inner) => failedInSuite(inner, titles))]
}

/** The names with the first lines of their messages, under a heading; nothing where nothing failed. */
export function describeFailed(failed) {
  if (failed.length === 0) return ''
  return ['Failed:', ...failed.flatMap(({ name, message }) => [`  ${name}`, ...firstLines(message)]), ''].join('\n')
}

function firstLines(message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at .*(node_modules|node:internal|<anonymous>)/u.test(line))
  const more = lines.length > MOST_LINES ? ['…'] : []
  return [...lines.slice(0, MOST_LINES), ...more].map((line) => `      ${line}`)
}
