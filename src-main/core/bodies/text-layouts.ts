/**
 * Layouts that need the whole text at once, and so are for texts of a few MiB at most: XML, HTML, CSS, JavaScript, YAML by
 * libraries, and forms as lines of names and values. JSON, which has no such limit, is in json-indenter.ts; the words of
 * a page, which have none either, are in markup-text.ts.
 */
import { assertNever } from '#contract/result.ts'
import { messageOf } from '../lib/core-error.ts'
import type { Layout, RowsLayout, WordsLayout } from './body-language.ts'
import { yamlLayout } from './yaml-layout.ts'

/** Bodies above this many bytes are not laid out by the libraries: they take seconds and many times the memory. */
export const MAX_LAYOUT_BYTES = 2 * 1024 * 1024

export type WholeLayout = Exclude<Layout, 'json' | WordsLayout | RowsLayout>

/** Whether a layout is one of these. */
export function needsWhole(layout: Layout): layout is WholeLayout {
  return layout !== 'json' && !layout.startsWith('words') && !layout.startsWith('rows')
}

const BEAUTIFY = { indent_size: 2, end_with_newline: false, max_preserve_newlines: 2, wrap_line_length: 0 } as const

export interface LaidOut {
  readonly text: string
  /** Why the text is the raw one. */
  readonly note: string | null
}

/** Loads the library that a layout needs, so that a process which shows no such body does without it. */
export async function loadLayout(layout: WholeLayout): Promise<(text: string) => LaidOut> {
  switch (layout) {
    case 'form':
      return (text) => ({ text: layOutForm(text), note: null })
    case 'xml': {
      const { default: formatXml } = await import('xml-formatter')
      const options = { indentation: '  ', lineSeparator: '\n', collapseContent: true, strictMode: true }
      return guarded('XML', (text) => formatXml(text, options))
    }
    case 'html':
    case 'css':
    case 'javascript': {
      const { default: beautify } = await import('js-beautify')
      const format = { html: beautify.html, css: beautify.css, javascript: beautify.js }[layout]
      return guarded(layout === 'javascript' ? 'JavaScript' : layout.toUpperCase(), (text) => format(text, BEAUTIFY))
    }
    case 'yaml':
      return guarded('YAML', yamlLayout(await import('yaml')))
    default:
      return assertNever(layout)
  }
}

/** The libraries throw on what they cannot read, and on nesting deeper than their stack. */
function guarded(name: string, format: (text: string) => string): (text: string) => LaidOut {
  return (text) => {
    if (text.trim() === '') return { text, note: null }
    try {
      return { text: format(text), note: null }
    } catch (error) {
      const reason = error instanceof RangeError ? 'it is nested too deeply' : messageOf(error).split('\n', 1)[0]
      return { text, note: `Shown as it came, because it could not be laid out as ${name}: ${reason}.` }
    }
  }
}

/** One line for each field, decoded: `name = value`; further lines of a value are indented under its first. */
function layOutForm(text: string): string {
  const indent = (value: string): string => value.replaceAll(/\r\n|\r|\n/g, '\n    ')
  return Array.from(new URLSearchParams(text.trim().replace(/^\?/, '??')), ([name, value]) => `${indent(name)} = ${indent(value)}`).join(
    '\n',
  )
}
