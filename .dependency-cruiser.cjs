// Who may import whom (docs/architecture.md). `npm run check` fails on any breach.
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const core = (part) => `^src-main/core/${part}`

module.exports = {
  forbidden: [
    rule('no-circular', 'A circle has no first file to read, one of types neither.', {}, { circular: true }),
    rule(
      'contract-is-a-leaf',
      'The contract imports zod and itself.',
      { path: '^src-main/contract' },
      { pathNot: ['^src-main/contract', '(^|/)node_modules/zod/'] },
    ),
    rule(
      'core-knows-no-host',
      'Core runs under any host.',
      { path: '^src-main/core' },
      { path: ['^src-main/hosts', '^src-renderer', '(^|/)node_modules/electron/'] },
    ),
    rule('lib-is-small', 'core/lib knows only the contract.', { path: core('lib') }, { path: '^src-main/core', pathNot: core('lib') }),
    rule(
      'prepare-is-pure',
      'Preparing neither sends nor stores.',
      { path: core('prepare') },
      { path: '^src-main/core', pathNot: [core('prepare'), core('lib')] },
    ),
    rule(
      'resolve-is-pure',
      'What is around a request is handed to resolve; it reads nothing itself.',
      { path: core('resolve') },
      { path: '^src-main/core', pathNot: [core('resolve'), core('prepare'), core('lib')] },
    ),
    rule(
      'auth-yields-requests',
      'Auth flows yield requests; send runs them.',
      { path: core('auth') },
      { path: '^src-main/core', pathNot: [core('auth'), core('prepare'), core('lib')] },
    ),
    rule(
      'send-does-not-store',
      'Sending knows prepare, auth, bodies and lib.',
      { path: core('send') },
      { path: '^src-main/core', pathNot: [core('send'), core('prepare'), core('auth'), core('bodies'), core('lib')] },
    ),
    rule(
      'bodies-stand-alone',
      'The body store knows lib only.',
      { path: core('bodies') },
      { path: '^src-main/core', pathNot: [core('bodies'), core('lib')] },
    ),
    rule(
      'storage-does-not-send',
      'Storage knows lib only.',
      { path: core('storage') },
      { path: '^src-main/core', pathNot: [core('storage'), core('lib')] },
    ),
    rule(
      'jars-keep-cookies',
      'Jars join the cookies of send to the files of storage.',
      { path: core('jars') },
      { path: '^src-main/core', pathNot: [core('jars'), core('storage'), core('send'), core('lib')] },
    ),
    rule(
      'history-keeps-what-was-sent',
      'History knows bodies and lib only.',
      { path: core('history') },
      { path: '^src-main/core', pathNot: [core('history'), core('bodies'), core('lib')] },
    ),
    rule(
      'checks-look-at-answers',
      'Checks read answers and their bodies; who asks for them, and where values are kept, is not theirs.',
      { path: core('checks') },
      { path: '^src-main/core', pathNot: [core('checks'), core('bodies'), core('lib')] },
    ),
    rule(
      'echo-stands-alone',
      'The echo server is no part of sending.',
      { path: core('echo') },
      { path: '^src-main/core', pathNot: [core('echo'), core('lib')] },
    ),
    rule(
      'mock-serves-files',
      'The mock server reads what storage keeps, and sends nothing.',
      { path: core('mock') },
      { path: '^src-main/core', pathNot: [core('mock'), core('storage'), core('lib')] },
    ),
    rule(
      'import-is-pure',
      'Importers turn text into the model; they read and write no file, but they know the format of ours.',
      { path: core('import') },
      { path: '^src-main/core', pathNot: [core('import'), core('prepare'), core('lib'), core('storage/opencollection/')] },
    ),
    rule(
      'codegen-is-pure',
      'Code is made from what was prepared.',
      { path: core('codegen') },
      {
        path: '^src-main/core',
        pathNot: [core('codegen'), core('prepare'), core('auth'), core('lib'), core('checks/(answer-value|expression)\\.ts')],
      },
    ),
    rule(
      'export-is-pure',
      'Exporters turn the model into text; they read and write no file.',
      {
        path: core('export'),
      },
      {
        path: '^src-main/core',
        pathNot: [
          core('export'),
          core('prepare'),
          core('lib'),
          core('history/har-format\\.ts'),
          // What assertions say: their words and values, nothing that looks at an answer.
          core('checks/(answer-value|parse-expression|simple-path|expression|expected|operator-names)\\.ts'),
        ],
      },
    ),
    rule(
      'scripts-are-fenced-in',
      'Scripts are handed what they see; they send, store and read nothing themselves.',
      { path: core('scripts') },
      { path: '^src-main/core', pathNot: [core('scripts'), core('resolve'), core('prepare'), core('lib')] },
    ),
    rule(
      'sandbox-holds-itself',
      'What runs inside the sandbox imports nothing from outside it but types.',
      { path: core('scripts/inside') },
      { pathNot: [core('scripts/inside')], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'one-file-imports-undici',
      'One transport, one file.',
      { path: '^(src-main|src-renderer)', pathNot: core('send/undici-transport\\.ts') },
      { path: '(^|/)node_modules/undici/' },
    ),
    rule(
      'hosts-enter-by-the-door',
      'A host uses create-core, its ports and the contract.',
      { path: '^src-main/hosts' },
      { path: '^src-main/core', pathNot: ['^src-main/core/(create-core|ports)\\.ts'] },
    ),
    rule(
      'hosts-do-not-import-each-other',
      'Except that `posthaste serve` is the web host.',
      { path: '^src-main/hosts/([^/]+)/', pathNot: '^src-main/hosts/cli/commands/serve\\.ts' },
      { path: '^src-main/hosts/([^/]+)/', pathNot: ['^src-main/hosts/$1/', '^src-main/hosts/shell/'] },
    ),
    rule(
      'electron-in-one-folder',
      'Only the Electron host imports electron.',
      { path: '^src-', pathNot: '^src-main/hosts/electron' },
      { path: '(^|/)node_modules/electron/' },
    ),
    rule(
      'renderer-sees-only-contract',
      'The window knows the API, not its makers.',
      { path: '^src-renderer' },
      { path: '^src-main', pathNot: '^src-main/contract' },
    ),
    rule(
      'ui-is-low',
      'ui, monaco and lib know no store and no platform.',
      { path: '^src-renderer/(ui|monaco|lib)/' },
      { path: '^src-renderer/(stores|platform|actions|forms|features|app)/' },
    ),
    rule(
      'forms-know-no-feature',
      'A form is for whatever its caller edits.',
      { path: '^src-renderer/forms/' },
      { path: '^src-renderer/(platform|features|app)/' },
    ),
    rule(
      'platform-is-low',
      'The platform knows the contract only, and how texts are said.',
      { path: '^src-renderer/platform/' },
      { path: '^src-renderer/(?!platform|lib/t\\.ts)' },
    ),
    rule(
      'stores-are-isolated',
      'A store imports no other store.',
      { path: '^src-renderer/stores/([^/]+)' },
      { path: '^src-renderer/(stores|platform|actions|forms|features|app|ui)/', pathNot: ['^src-renderer/stores/$1'] },
    ),
    rule(
      'actions-know-no-view',
      'Actions know stores, platform and lib.',
      { path: '^src-renderer/actions/' },
      { path: '^src-renderer/(forms|features|app|ui|monaco)/' },
    ),
    rule(
      'features-do-not-import-features',
      'What two features need belongs in ui, a store or an action.',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/', pathNot: ['^src-renderer/features/$1/'] },
    ),
    rule(
      'features-use-actions',
      'Only use-capability of the platform is for features.',
      { path: '^src-renderer/features/' },
      { path: '^src-renderer/(platform/(?!use-capability)|app/)' },
    ),
    rule('tests-are-not-imported', 'Nothing imports a test.', { path: '^src-' }, { path: '^test' }),
    rule('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true, pathNot: ['\\?worker$', '^virtual:'] }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.core.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json'],
    },
  },
}
