/**
 * Monaco's themes made from the look's tokens, so that editor and window cannot drift apart. Monaco takes only hex
 * colours; a canvas turns whatever the tokens are written in into one.
 */
import { applyCodeFont } from './code-font.ts'
import { editor } from './setup.ts'

const NAMES = { light: 'posthaste-light', dark: 'posthaste-dark' } as const

let watching = false

/** Define the theme of the look that is on, use it, and follow the look from now on. */
export function followLook(): void {
  apply()
  if (watching) return
  watching = true
  const root = document.documentElement
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] })
  // The sizes of fonts are custom properties of the root.
  new MutationObserver(applyCodeFont).observe(root, { attributes: true, attributeFilter: ['style'] })
}

function apply(): void {
  const isDark = document.documentElement.dataset['theme'] === 'dark'
  const color = colorReader()
  const name = isDark ? NAMES.dark : NAMES.light
  const rule = (token: string, custom: string, fontStyle?: string): editor.ITokenThemeRule => ({
    token,
    foreground: color(custom).slice(1, 7),
    ...(fontStyle !== undefined && { fontStyle }),
  })
  editor.defineTheme(name, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', '--text'),
      rule('string.key.json', '--info'),
      rule('string.value.json', '--success'),
      rule('string', '--success'),
      rule('number', '--violet'),
      rule('keyword', '--accent-text'),
      rule('keyword.json', '--accent-text'),
      rule('tag', '--info'),
      rule('attribute.name', '--violet'),
      rule('attribute.value', '--success'),
      rule('metatag', '--text-muted'),
      rule('delimiter', '--text-muted'),
      rule('delimiter.xml', '--text-muted'),
      rule('delimiter.html', '--text-muted'),
      rule('attribute.value.xml', '--success'),
      rule('attribute.value.html', '--success'),
      rule('metatag.xml', '--text-muted'),
      rule('metatag.html', '--text-muted'),
      rule('metatag.content.html', '--text-muted'),
      rule('key', '--text'),
      rule('comment', '--text-faint', 'italic'),
      rule('type', '--info'),
      rule('type.identifier', '--info'),
      rule('string.yaml', '--success'),
      rule('number.hex', '--violet'),
      rule('constant', '--violet'),
      rule('variable', '--text'),
      rule('predefined', '--info'),
    ],
    colors: editorColors(color),
  })
  editor.setTheme(name)
}

function editorColors(color: (custom: string, alpha?: string) => string): Record<string, string> {
  return {
    'editor.background': color('--bg'),
    'editor.foreground': color('--text'),
    'editorGutter.background': color('--bg'),
    'editorLineNumber.foreground': color('--text-faint'),
    'editorLineNumber.activeForeground': color('--text-muted'),
    'editorCursor.foreground': color('--accent-text'),
    'editor.selectionBackground': color('--accent', '40'),
    'editor.inactiveSelectionBackground': color('--accent', '22'),
    'editor.lineHighlightBackground': '#00000000',
    'editor.lineHighlightBorder': '#00000000',
    'editorIndentGuide.background1': color('--border'),
    'editorIndentGuide.activeBackground1': color('--border-control', '80'),
    'editorBracketMatch.background': color('--accent', '22'),
    'editorBracketMatch.border': color('--accent', '66'),
    'editorBracketHighlight.foreground1': color('--text-muted'),
    'editorBracketHighlight.foreground2': color('--text-muted'),
    'editorBracketHighlight.foreground3': color('--text-muted'),
    'editorBracketHighlight.unexpectedBracket.foreground': color('--danger'),
    'editorError.foreground': color('--danger'),
    'editorWarning.foreground': color('--warning'),
    'diffEditor.insertedLineBackground': color('--success', '1c'),
    'diffEditor.insertedTextBackground': color('--success', '38'),
    'diffEditor.removedLineBackground': color('--danger', '1c'),
    'diffEditor.removedTextBackground': color('--danger', '38'),
    'editorWidget.background': color('--bg-raised'),
    'editorWidget.foreground': color('--text'),
    'editorWidget.border': color('--border'),
    'editorHoverWidget.background': color('--bg-raised'),
    'editorHoverWidget.border': color('--border'),
    // The body of many an answer is one line: the line of a hit is not marked, the hit is.
    'editor.rangeHighlightBackground': '#00000000',
    'editor.findMatchBorder': color('--warning'),
    'editor.findMatchBackground': color('--warning', '66'),
    'editor.findMatchHighlightBackground': color('--warning', '33'),
    'editor.wordHighlightBackground': color('--accent', '1c'),
    'editor.wordHighlightStrongBackground': color('--accent', '1c'),
    'input.background': color('--bg'),
    'input.foreground': color('--text'),
    'input.border': color('--border-control'),
    'input.placeholderForeground': color('--text-faint'),
    'inputOption.activeBackground': color('--bg-selected'),
    'inputOption.activeForeground': color('--accent-text'),
    'inputOption.activeBorder': color('--accent'),
    'menu.background': color('--bg-raised'),
    'menu.foreground': color('--text'),
    'menu.selectionBackground': color('--bg-hover'),
    'menu.selectionForeground': color('--text'),
    'menu.border': color('--border'),
    'editor.placeholder.foreground': color('--text-faint'),
    focusBorder: color('--accent'),
    foreground: color('--text'),
    'scrollbar.shadow': '#00000000',
    'scrollbarSlider.background': color('--border-control', '50'),
    'scrollbarSlider.hoverBackground': color('--border-control', '80'),
    'scrollbarSlider.activeBackground': color('--border-control', 'a0'),
    'widget.shadow': '#00000030',
  }
}

/** Reads a custom property as `#rrggbb`, with `alpha` in hex appended. */
function colorReader(): (custom: string, alpha?: string) => string {
  const look = getComputedStyle(document.documentElement)
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (custom, alpha = '') => {
    if (!context) return `#808080${alpha}`
    context.fillStyle = look.getPropertyValue(custom).trim() || '#808080'
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}${alpha}`
  }
}
