/**
 * A process that puts cookies into a jar, one after the other, for tests of jars that several processes share.
 *
 * Arguments: the data folder, the prefix of the cookies' names, how many.
 */
import { DEFAULT_JAR } from '#contract/model/request-defaults.ts'
import { createJars } from '#core/jars/jars.ts'

/** What to run as a process of its own. */
export const JAR_WRITER = import.meta.filename

if (process.argv[1] === JAR_WRITER) {
  const [dataDir = '', prefix = '', times = '0'] = process.argv.slice(2)
  const jars = createJars({
    dataDir,
    watch: false,
    log: (line) => process.stderr.write(`${line}\n`),
    onUnwritten: () => undefined,
    onChanged: () => undefined,
  })
  for (let index = 0; index < Number(times); index += 1) {
    const jar = await jars.jar(DEFAULT_JAR)
    jar.cookies.store('http://www.example.com/', [`${prefix}${index}=1`])
    await jar.flush()
  }
  await jars.close()
}
