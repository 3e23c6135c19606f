// How the desktop app is packed: `npm run package` (docs/packaging.md). Nothing here contacts anything; signing keys come
// from the environment, by electron-builder's own names (CSC_LINK, CSC_KEY_PASSWORD, WIN_CSC_LINK, APPLE_ID, …).
import { join } from 'node:path'

const at = (path) => join(import.meta.dirname, path)

/** A file that Posthaste can import: it offers itself beside the programs that have such files. */
const importable = (ext, name, mimeType) => ({ ext, name, description: name, mimeType, role: 'Viewer', rank: 'Alternate' })

/** Not for Windows, where electron-builder's installer would take the endings over: assets/packaging/installer.nsh only offers. */
const IMPORTABLE = [
  importable('http', 'HTTP requests', 'application/x-http-requests'),
  importable('har', 'HTTP archive', 'application/x-http-archive'),
  importable('bru', 'Bruno request', 'application/x-bruno-request'),
]

/** What the packages say of where they come from; a release says where it is made. */
const homepage = process.env.POSTHASTE_HOMEPAGE ?? 'https://posthaste.invalid/'

/** @type {import('electron-builder').Configuration} */
const config = {
  appId: 'app.posthaste.Posthaste',
  productName: 'Posthaste',
  copyright: 'The Posthaste maintainers',
  directories: { buildResources: 'assets/packaging', output: 'dist' },
  extraMetadata: { homepage, desktopName: 'posthaste-desktop.desktop' },

  // Everything is bundled into out/, so no package comes along.
  files: ['out/**', '!out/build-stamp.json', '!**/*.map', 'package.json', 'LICENSE', '!node_modules/**'],
  extraResources: [{ from: 'out/THIRD-PARTY-NOTICES.txt', to: 'THIRD-PARTY-NOTICES.txt' }],
  npmRebuild: false,
  asar: true,
  // The window's languages are the page's; Chromium's own texts (of its file picker, say) are in the system's or English.
  electronLanguages: ['en', 'en-US'],

  // A program that can be turned into a bare Node, or told by its environment to load code, is one that others use to run
  // theirs under its name. So the command line is a mode of the app (docs/decisions/0011-packages.md).
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },

  // There is no update channel: no address is built in, and no file that an updater would read is written.
  publish: null,

  protocols: [{ name: 'Posthaste', schemes: ['posthaste'], role: 'Viewer' }],

  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    executableName: 'posthaste-desktop',
    syncDesktopName: true,
    icon: 'assets/packaging/icons/set',
    category: 'Development',
    synopsis: 'HTTP request builder',
    maintainer: 'The Posthaste maintainers <maintainers@posthaste.invalid>',
    vendor: 'The Posthaste maintainers',
    desktop: { entry: { GenericName: 'HTTP client', Keywords: 'http;rest;api;request;client;', StartupNotify: 'true' } },
    // An ending in two parts is something that only Linux tells apart.
    fileAssociations: [...IMPORTABLE, importable('postman_collection.json', 'Postman collection', 'application/x-postman-collection+json')],
    extraResources: [{ from: 'assets/packaging/bin/posthaste', to: 'bin/posthaste' }],
    artifactName: '${productName}-${version}-${arch}.${ext}',
  },
  deb: { packageCategory: 'web', fpm: [`${at('assets/packaging/linux/posthaste')}=/usr/bin/posthaste`] },
  rpm: { fpm: [`${at('assets/packaging/linux/posthaste')}=/usr/bin/posthaste`] },

  mac: {
    target: [
      { target: 'dmg', arch: ['x64', 'arm64'] },
      { target: 'zip', arch: ['x64', 'arm64'] },
    ],
    icon: 'assets/packaging/icons/icon.icns',
    category: 'public.app-category.developer-tools',
    fileAssociations: IMPORTABLE,
    hardenedRuntime: true,
    gatekeeperAssess: false,
    extraResources: [{ from: 'assets/packaging/bin/posthaste', to: 'bin/posthaste' }],
    artifactName: '${productName}-${version}-mac-${arch}.${ext}',
  },

  win: {
    target: [
      { target: 'nsis', arch: ['x64'] },
      { target: 'portable', arch: ['x64'] },
    ],
    icon: 'assets/packaging/icons/icon.ico',
    extraResources: [{ from: 'assets/packaging/bin/posthaste.cmd', to: 'bin/posthaste.cmd' }],
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    include: 'assets/packaging/installer.nsh',
    artifactName: '${productName}-${version}-setup.${ext}',
    differentialPackage: false,
  },
  portable: { artifactName: '${productName}-${version}-portable.${ext}' },
}

// What electron-builder asks for, by its name.
export default config
