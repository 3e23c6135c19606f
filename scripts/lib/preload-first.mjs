// Has the browser fetch what the window is first drawn with while it still reads the page: left to the scripts, that is asked for
// once the first of them has run, and the font once something is drawn, which would then be drawn again.

/**
 * A plugin for the bundler: links in the built page.
 *
 * @param {string} begin absolute path of what the page's own script asks for
 * @param {RegExp} font  name of the font's file in the build
 */
export function preloadFirst(begin, font) {
  return {
    name: 'preload-first',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) =>
        linksOf(Object.values(bundle), begin, font)
          .filter(({ href }) => !html.includes(href))
          .map((attrs) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' })),
    },
  }
}

function linksOf(files, begin, font) {
  const entry = files.find(({ facadeModuleId }) => facadeModuleId === begin)
  if (!entry) throw new Error(`The build has no file of ${begin}.`)
  const chunks = [entry, ...files.filter(({ fileName }) => entry.imports.includes(fileName))]
  const styles = chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])
  const fonts = files.map(({ fileName }) => fileName).filter((name) => font.test(name))
  return [
    ...styles.map((name) => ({ rel: 'stylesheet', href: `./${name}` })),
    ...chunks.map(({ fileName }) => ({ rel: 'modulepreload', href: `./${fileName}` })),
    ...fonts.map((name) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href: `./${name}` })),
  ]
}
