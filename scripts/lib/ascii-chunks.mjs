// Code in ASCII where that makes it smaller in memory: V8 keeps the text of all code that it has loaded, and with one “…” among
// it each of its characters takes two bytes. Of what the host loads that was half.

/** What an escape is longer than the character it stands for. */
const LONGER_BY = 5
/** With the backslashes before it: an odd one escapes the character, which it need not. */
const OTHER = /(\\*)([\u0080-\uffff])/g
/** A template whose characters are read as they are written. */
const RAW = /String\.raw`[^`]*[\u0080-\uffff]/

/** A plugin for the bundler. At the very end: comments are taken out after `renderChunk`, and strings written anew by that. */
export function asciiChunks() {
  return {
    name: 'ascii-chunks',
    generateBundle: (_options, bundle) => {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = inAscii(file.code)
    },
  }
}

/** @param {string} code without comments, in which an escape may stand wherever a character of no ASCII does */
export function inAscii(code) {
  if (code.replace(/[\u0000-\u00ff]/g, '').length * LONGER_BY > code.length) return code
  if (RAW.test(code)) throw new Error('A template of String.raw has a character that is not ASCII, which cannot be escaped.')
  return code.replace(OTHER, (_all, slashes, character) => {
    const kept = slashes.slice(slashes.length % 2)
    return `${kept}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
