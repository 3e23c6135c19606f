/** The commands and options of `posthaste`, and what their values must look like. Each command lives in its own file. */
import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander'
import { IMPORT_FORMATS, type ImportFormat } from '#contract/model/import-formats.ts'
import { stageOf, type LoadStage } from '#contract/model/load-stages.ts'
import { VERSION } from '../shell/app-root.ts'
import { SHELLS, type Shell } from './shells.ts'
import { EXIT } from './exit-codes.ts'
import type { ExportCommandOptions } from './commands/export.ts'
import type { ImportOptions } from './commands/import.ts'
import type { MockCommandOptions } from './commands/mock.ts'
import type { RunCommandOptions } from './commands/run.ts'
import type { SendOptions } from './commands/send.ts'
import { MOST_PARALLEL, RUN_REPORT_FORMATS, type RunReportFormat } from '#contract/model/run-facts.ts'

/**
 * Run one command line.
 *
 * @param args  what stands after the program's name
 * @returns the exit status
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let status: number = EXIT.ok
  const program = new Command('posthaste')
    .description('Builds, sends and keeps HTTP requests, and shows exactly what goes over the wire.')
    .version(VERSION)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, optionDescription })
  addServe(program, (code) => (status = code))
  addSend(program, (code) => (status = code))
  addRun(program, (code) => (status = code))
  addImport(program, (code) => (status = code))
  addMock(program, (code) => (status = code))
  addExport(program, (code) => (status = code))
  addCompletion(program, (code) => (status = code))
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    throw error
  }
}

type Done = (code: number) => void

/** Defaults are told where they say something: not that a flag is off, or a list empty. */
function optionDescription({ description, defaultValue }: Option): string {
  const isTold = typeof defaultValue === 'number' || typeof defaultValue === 'string'
  return isTold ? `${description} (default: ${defaultValue})` : description
}

function addServe(program: Command, done: Done): void {
  program
    .command('serve')
    .description('open the window in a browser, from a server on this machine')
    .option('--port <number>', 'port on 127.0.0.1 (default: that of the last time, else any free one)', portNumber)
    .option('--no-open', 'print the address and open no browser')
    .option('--data-dir <folder>', 'where private data is kept')
    .action(async (options: { port?: number; open: boolean; dataDir?: string }) => {
      const { serveCommand } = await import('./commands/serve.ts')
      done(await serveCommand(options))
    })
}

function addSend(program: Command, done: Done): void {
  program
    .command('send')
    .description('send one saved request, or get an address; the body of the answer goes to standard output')
    .argument('<file>', 'a request file (.yml), - to read it from standard input, or an address (http://…)')
    .option('--env <name>', 'environment to take variables from')
    .option('--session <name>', 'session whose cookies and settings are used')
    .option('--var <name=value>', 'set a variable (repeatable)', addVariable, new Map<string, string>())
    .option('--json', 'print the whole exchange as one JSON object instead of the body', false)
    .option('--output <file>', 'write the body of the answer to a file')
    .option('--resume', 'with --output: go on where an earlier answer broke off, if the server allows', false)
    .option('--fail', 'end with status 1 where the answer has a status of 400 or more', false)
    .option('--timeout <seconds>', 'limit of connecting and of each silence', seconds)
    .option('--insecure', 'do not verify certificates', false)
    .option('--show-secrets', 'with --json, do not mask secret variables and access tokens', false)
    .option('--from-part <number>', 'of a file sent in parts: the part to begin with, from 1', partNumber)
    .option('--data-dir <folder>', 'where private data is kept')
    .addHelpText('after', EXIT_HELP)
    .action(async (file: string, options: SendOptions) => {
      const { sendCommand } = await import('./commands/send.ts')
      done(await sendCommand(file, options))
    })
}

function addRun(program: Command, done: Done): void {
  program
    .command('run')
    .description('run saved requests in order: a collection, a folder, request files, or a file of another program')
    .argument('<path...>', 'a collection or a folder in one, request files, a Postman collection, a folder of .bru files, …')
    .option('--env <name>', 'environment to take variables from')
    .option('--session <name>', 'session whose cookies and settings are used')
    .option('--var <name=value>', 'set a variable (repeatable)', addVariable, new Map<string, string>())
    .option('--data <file>', 'a CSV, or a JSON list of objects: one iteration for each row, its columns are variables')
    .option('--iterations <number>', 'how often (default: once, or once for each row of the data)', count)
    .option('--parallel <number>', `iterations beside each other, up to ${MOST_PARALLEL}`, parallelCount, 1)
    .option('--delay <milliseconds>', 'wait between two requests, also from one iteration to the next', milliseconds, 0)
    .option('--bail', 'end at the first request that fails', false)
    .option('--fail', 'a status of 400 or more is a failure', false)
    .option('--timeout <seconds>', 'limit of connecting and of each silence', seconds)
    .option('--insecure', 'do not verify certificates', false)
    .option(
      '--reporter <kind>',
      `${RUN_REPORT_FORMATS.join(', ')}; to standard output, or to the --report beside it (repeatable)`,
      addReporter,
      [],
    )
    .option('--report <file>', 'where a report goes; without --reporter its kind is that of the ending (repeatable)', addReport, [])
    .option('--json', 'print the JSON report on standard output', false)
    .option('--output <file>', 'write the body of the last answer to a file')
    .option('--no-color', 'no colours')
    .option('--data-dir <folder>', 'where private data is kept')
    .addHelpText('after', RUN_HELP)
    .action(async (paths: string[], options: RunCommandOptions) => {
      const { runCommand } = await import('./commands/run.ts')
      done(await runCommand(paths, options))
    })
}

const RUN_HELP = `
Examples:
  posthaste run api/                                 the requests of a folder, by seq, then name
  posthaste run api/ --env staging --data users.csv  once for each row of the data
  posthaste run api/login.yml api/orders --bail      these only, up to the first that fails
  posthaste run api/ --reporter junit --report out.xml --reporter html --report out.html
  posthaste run shop.postman_collection.json --var token=…
  posthaste run api/health.yml --iterations 50000 --parallel 100

Exit status: 0 all well, 1 an assertion or test failed, or --fail met a status of 400 or more,
2 bad usage or a file that cannot be understood (nothing was sent), 3 a request could not be completed.`

function addCompletion(program: Command, done: Done): void {
  program
    .command('completion')
    .description('print what makes a shell complete commands and options')
    .argument('<shell>', 'bash, zsh or fish', shellName)
    .addHelpText('after', COMPLETION_HELP)
    .action(async (shell: Shell) => {
      const [{ completionScript }, { writeToStdout }] = await Promise.all([import('./completion.ts'), import('./output.ts')])
      await writeToStdout(completionScript(program, shell))
      done(EXIT.ok)
    })
}

const COMPLETION_HELP = `
  bash: echo 'source <(posthaste completion bash)' >> ~/.bashrc
  zsh:  posthaste completion zsh > ~/.zfunc/_posthaste, with ~/.zfunc in fpath before compinit
  fish: posthaste completion fish > ~/.config/fish/completions/posthaste.fish`

function shellName(text: string): Shell {
  const shell = SHELLS.find((one) => one === text)
  if (shell) return shell
  throw new InvalidArgumentError(`It takes one of ${SHELLS.join(', ')}.`)
}

function addImport(program: Command, done: Done): void {
  program
    .command('import')
    .description('read requests of another program, or of a command line, into a collection')
    .argument('<file...>', 'files or folders that belong together, or - to read standard input')
    .option('--into <folder>', 'where it goes: into the collection that the folder is in, else it becomes one')
    .option('--from <format>', 'format, in place of what is found from the content', importFormat)
    .option('--keep-credentials', 'leave passwords and tokens in the files, in clear', false)
    .option('--dry-run', 'say what would be written, and write nothing', false)
    .option('--json', 'print the summary as one JSON object', false)
    .option('--data-dir <folder>', 'where private data is kept')
    .addHelpText('after', `\nFormats: ${FORMATS.join(', ')}.\n${IMPORT_HELP}`)
    .action(async (files: string[], options: ImportOptions) => {
      const { importCommand } = await import('./commands/import.ts')
      done(await importCommand(files, options))
    })
}

const IMPORT_HELP = `
Passwords and tokens that stand in it in clear become secret variables; their values go to the
private data folder, not into files. Exit status: 0 all well, 2 bad usage or a text that cannot be
understood (nothing is written), 3 it could not be written.`

/** Known without a schema: the library that checks those takes longer to load than all of `--version` and `--help`. */
const FORMATS = Object.keys(IMPORT_FORMATS) as readonly ImportFormat[]

function importFormat(text: string): ImportFormat {
  const format = FORMATS.find((one) => one === text)
  if (format !== undefined) return format
  throw new InvalidArgumentError(`It takes one of ${FORMATS.join(', ')}.`)
}

function addMock(program: Command, done: Done): void {
  program
    .command('mock')
    .description('serve the saved examples of a collection on 127.0.0.1')
    .argument('<folder>', 'a collection, or a folder in one')
    .option('--port <number>', 'port on 127.0.0.1; 0 for any free one', portNumber, 0)
    .option('--cors', 'let pages of any origin read the answers', false)
    .addHelpText('after', MOCK_HELP)
    .action(async (folder: string, options: MockCommandOptions) => {
      const { mockCommand } = await import('./commands/mock.ts')
      done(await mockCommand(folder, options))
    })
}

function addExport(program: Command, done: Done): void {
  program
    .command('export')
    .description('print a request or a folder in another format')
    .argument('<path>', 'a request file (.yml), a collection, or a folder in one')
    .requiredOption('--to <format>', 'opencollection, postman, har, openapi, http, k6, or a language such as python')
    .option('--output <path>', 'write to a file, or into a folder where there are several')
    .option('--force', 'write over files that are in that folder', false)
    .option('--env <name>', 'the environment that goes with it (default: all; of code: none)')
    .option('--show-secrets', 'leave credentials that were typed in clear as they are', false)
    .option('--stage <duration:users>', 'of k6: a stage such as 30s:20 (repeatable)', addStage, [])
    .option('--data <file>', 'of k6: a CSV or JSON file whose rows are variables')
    .option('--save-answer [file]', 'of code: write the answer to a file as it comes (default: named after the URL)')
    .option('--pause <seconds>', 'of k6: the wait after each request', seconds)
    .option('--data-dir <folder>', 'where private data is kept')
    .addHelpText('after', EXPORT_HELP)
    .action(async (path: string, options: ExportCommandOptions) => {
      const { exportCommand } = await import('./commands/export.ts')
      done(await exportCommand(path, options))
    })
}

const EXPORT_HELP = `
Secrets come out as references: {{name}} in documents, variables of the environment in code and in k6.
What the format cannot say is told of on standard error.

A folder as code is one script in python, curl, curl-cmd, curl-powershell, wget, httpie and powershell: its requests share
cookies, and what one captures the next are given. In other languages it is a file for each request, in its folders.`

function addStage(text: string, stages: readonly LoadStage[]): LoadStage[] {
  const stage = stageOf(text)
  if (stage === null) throw new InvalidArgumentError('A stage is a time and a number of users, such as 30s:20.')
  return [...stages, stage]
}

const MOCK_HELP = `
A call is answered by the example that fits it best: method and path of the request's URL, in which
:name and {{name}} stand for anything, then query and headers. X-Mock-Example: NAME, Prefer: example=NAME
or ?__example=NAME asks for one by name, Prefer: code=404 by status.`

const EXIT_HELP = `
Exit status: 0 all well, 1 --fail met a status of 400 or more, 2 bad usage or a file that
cannot be understood, 3 the request could not be completed.`

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  return port
}

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It takes a number of seconds above zero, such as 2.5.')
  }
  return value
}

function count(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1.')
  return Number(text)
}

function parallelCount(text: string): number {
  const value = Number(text)
  if (/^\d{1,4}$/.test(text) && value >= 1 && value <= MOST_PARALLEL) return value
  throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST_PARALLEL}.`)
}

function milliseconds(text: string): number {
  const value = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && value <= 3_600_000) return value
  throw new InvalidArgumentError('It takes a number of milliseconds, at most an hour of them.')
}

function addReporter(text: string, kinds: readonly RunReportFormat[]): RunReportFormat[] {
  const kind = RUN_REPORT_FORMATS.find((one) => one === text)
  if (kind !== undefined) return [...kinds, kind]
  throw new InvalidArgumentError(`It takes one of ${RUN_REPORT_FORMATS.join(', ')}.`)
}

function addReport(text: string, files: readonly string[]): string[] {
  return [...files, text]
}

function partNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Parts are counted from 1.')
  return Number(text)
}

function addVariable(text: string, variables: Map<string, string>): Map<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes a name and a value: name=value.')
  return variables.set(text.slice(0, at), text.slice(at + 1))
}
