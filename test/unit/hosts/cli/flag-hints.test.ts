import { expect, test } from 'vitest'
import { onCommandLine } from '../../../../src-main/hosts/cli/flag-hints.ts'

test.each([
  ['To wait longer, raise the read timeout in Options.', 'To wait longer, give --timeout more seconds.'],
  [
    'Choose no limit, or raise the read timeout in Options of adapter https://a.test/v2.',
    'Choose no limit, or give --timeout more seconds.',
  ],
  ['Raise the number of retries in Options of folder Slow.', 'Raise the number of retries in Options of folder Slow.'],
  ['Turn off Verify in Options for this request, or give the CA file.', 'Give --insecure, or give the CA file.'],
  ['Check the clock. Turn off Verify in Options to send all the same.', 'Check the clock. Give --insecure to send all the same.'],
  ['The bytes it sent are shown. Check the port.', 'Check the port.'],
  ['The first part of it is shown. The server is at fault.', 'The server is at fault.'],
  ['Mend the script; the Console tab has what it printed.', 'Mend the script; what it printed stands above, and under console in --json.'],
  ['Once the cause is mended, go on from part 3.', 'Once the cause is mended, go on with --from-part 3.'],
  ['Correct it, or tick "Send as typed".', 'Correct it, or put posthaste: { asTyped: true } into the body.'],
  ['What came is kept. Go on from part 3.', 'What came is kept. Go on with --from-part 3.'],
  ['Turn off HTTP/2 in Options.', 'Turn off HTTP/2 in the options of the request’s file.'],
])('%s', (hint, here) => {
  expect(onCommandLine({ kind: 'ReadTimeout', stage: 'receive', message: 'It took long.', hint }).hint).toBe(here)
})
