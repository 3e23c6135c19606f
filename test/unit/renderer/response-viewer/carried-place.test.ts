import { expect, test } from 'vitest'
import { placeInWhole } from '../../../../src-renderer/features/response-viewer/carried-place.ts'
import { linesOfText, type LineSource } from '../../../../src-renderer/features/response-viewer/line-source.ts'

const text = (count: number, line: (index: number) => string): LineSource =>
  linesOfText(Array.from({ length: count }, (_, index) => line(index)).join('\n'))
const at = (line: number) => ({ line, column: 0 })

test('the line that was in sight is in sight again where the text is as it came, or only indented otherwise', async () => {
  const arrived = text(100, (index) => `  "n": ${index},`)

  expect(
    await placeInWhole(
      arrived,
      at(40),
      text(120, (index) => `  "n": ${index},`),
    ),
  ).toEqual(at(40))
  expect(
    await placeInWhole(
      arrived,
      at(40),
      text(100, (index) => `\t"n": ${index},`),
    ),
  ).toEqual(at(40))
})

test('a line of which only the beginning was handed out is the same line', async () => {
  const arrived = text(10, (index) => `${index} begins`)

  expect(
    await placeInWhole(
      arrived,
      at(4),
      text(10, (index) => `${index} begins and goes on`),
    ),
  ).toEqual(at(4))
})

test('laid out in more lines, one is as far into the text as before', async () => {
  const arrived = text(100, (index) => `{"n":${index}}`)

  expect(
    await placeInWhole(
      arrived,
      at(25),
      text(300, (index) => `line ${index}`),
    ),
  ).toEqual(at(75))
})

test('while it is still being laid out, one is as far into what it will be', async () => {
  const arrived = text(100, (index) => `{"n":${index}}`)
  const laidOutSoFar: LineSource = { ...text(150, (index) => `line ${index}`), share: 0.5 }

  expect(await placeInWhole(arrived, at(80), laidOutSoFar)).toEqual(at(240))
})

test('the top stays the top', async () => {
  expect(await placeInWhole(text(5, String), at(0), text(50, String))).toEqual(at(0))
})
