/** Texts that the echo server shows: its index, the upload form, and the sample documents. */
import type { Route } from './echo-call.ts'

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c2333; background: #fbfaf7 }
h1 { font-size: 1.4rem } td { padding: .2rem 1rem .2rem 0; vertical-align: top } code { font-family: ui-monospace, monospace }
@media (prefers-color-scheme: dark) { body { color: #e7e6e2; background: #171a22 } a { color: #8ab8ff } }`

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n<style>${STYLE}\n</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** What there is, with links to what can be followed. */
export function indexPage(routes: readonly Route[], version: string): string {
  const rows = routes.map(({ methods, path, about, example }) => {
    const name = example === undefined ? `<code>${path}</code>` : `<a href="${escaped(example)}"><code>${path}</code></a>`
    return `<tr><td>${methods.length === 0 ? 'any' : methods.join(' ')}</td><td>${name}</td><td>${escaped(about)}</td></tr>`
  })
  const intro = `<p>Posthaste ${escaped(version)} answers here on this machine only, so that requests can be tried without a network. The answers have the shapes of httpbin.</p>`
  return page('Echo server', `<h1>Echo server</h1>\n${intro}\n<table>\n${rows.join('\n')}\n</table>`)
}

export const UPLOAD_PAGE = page(
  'Upload',
  `<h1>Upload</h1>
<form method="post" action="/upload" enctype="multipart/form-data">
<p><label>Note <input type="text" name="note"></label></p>
<p><label>Files <input type="file" name="file" multiple></label></p>
<p><button type="submit">Upload</button></p>
</form>
<p>The answer lists what arrived. Nothing is kept.</p>`,
)

export const HTML_PAGE = page(
  'The Post Rider',
  `<h1>The Post Rider</h1>
<p>Three times between dusk and dawn the rider changed horses, and each time the bag weighed the same and felt heavier. At the last
station the keeper held up a lamp, read the mark on the seal, and did not ask what was inside.</p>
<p>&ldquo;Haste,&rdquo; said the keeper. &ldquo;Post haste,&rdquo; said the rider, and was gone.</p>`,
)

export const UTF8_PAGE = page(
  'UTF-8',
  `<h1>UTF-8 in many scripts</h1>
<ul>
<li lang="de">Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich</li>
<li lang="fr">Portez ce vieux whisky au juge blond qui fume, là-bas, près du chêne ; œuf, cœur</li>
<li lang="pl">Zażółć gęślą jaźń</li>
<li lang="ru">Съешь же ещё этих мягких французских булок, да выпей чаю</li>
<li lang="el">Ξεσκεπάζω την ψυχοφθόρα βδελυγμία</li>
<li lang="he" dir="rtl">דג סקרן שט בים מאוכזב ולפתע מצא חברה</li>
<li lang="ar" dir="rtl">نص حكيم له سر قاطع وذو شأن عظيم</li>
<li lang="hi">ऋषियों को सताने वाले दुष्ट राक्षसों के राजा</li>
<li lang="th">เป็นมนุษย์สุดประเสริฐเลิศคุณค่า</li>
<li lang="zh">视野无限广，窗外有蓝天</li>
<li lang="ja">いろはにほへと ちりぬるを</li>
<li lang="ko">키스의 고유조건은 입술끼리 만나야 하고</li>
<li>∀x ∈ ℝ: ⌈x⌉ = −⌊−x⌋, α ∧ ¬β, 2H₂ + O₂ ⇌ 2H₂O</li>
<li>Combining: e&#x301; is é; joined: 👩‍🚀 🏳️‍🌈 🇪🇺; beyond the first plane: 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🎉</li>
</ul>`,
)

export const XML_TEXT = `<?xml version="1.0" encoding="UTF-8"?>
<!-- A sample -->
<slideshow title="Sample Slide Show" date="Date of publication" author="Yours Truly">
  <slide type="all">
    <title>Wake up to WonderWidgets!</title>
  </slide>
  <slide type="all">
    <title>Overview</title>
    <item>Why <em>WonderWidgets</em> are great</item>
    <item/>
    <item>Who <em>buys</em> WonderWidgets</item>
  </slide>
</slideshow>
`

export const SLIDES = {
  slideshow: {
    author: 'Yours Truly',
    date: 'date of publication',
    slides: [
      { title: 'Wake up to WonderWidgets!', type: 'all' },
      {
        items: ['Why <em>WonderWidgets</em> are great', 'Who <em>buys</em> WonderWidgets'],
        title: 'Overview',
        type: 'all',
      },
    ],
    title: 'Sample Slide Show',
  },
}
