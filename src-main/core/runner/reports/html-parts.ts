/** What the HTML report is dressed in, and the one way that a text gets into it. */

/** A text as content or as the value of an attribute in double quotes. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '\ufffd')
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export const HTML_STYLE = `
:root{color-scheme:light dark;--ground:#fbfbfa;--raised:#fff;--text:#1d1d1f;--quiet:#63636b;--line:#e2e2e0;--accent:#2f5fd0;--second:#b8621b;--good:#1a7f4b;--bad:#c0262d}
@media (prefers-color-scheme:dark){:root{--ground:#17181a;--raised:#1f2023;--text:#ececee;--quiet:#a0a0a8;--line:#34353a;--accent:#7aa2ff;--second:#e5a05c;--good:#5fc08c;--bad:#ff7b7f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1360px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:24px;line-height:1.25;margin:0;overflow-wrap:anywhere}
h1 span{font-size:14px;font-weight:600;margin-left:8px;vertical-align:middle}
h2{font-size:16px;margin:40px 0 12px}
p{margin:4px 0}
.facts,figcaption,dt{color:var(--quiet)}
.good{color:var(--good)}.bad{color:var(--bad)}
.note{border-left:3px solid var(--second);padding:4px 12px;margin:16px 0;list-style:none}
.tiles{display:flex;flex-wrap:wrap;gap:1px;margin:24px 0;background:var(--line);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.tiles div{flex:1 0 124px;background:var(--raised);padding:12px 16px}.tiles dd{margin:0;font-size:18px;font-weight:600;white-space:nowrap}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(440px,100%),1fr));gap:24px}
figure{margin:0;min-width:0}svg{display:block;width:100%;height:auto;font:11px system-ui,sans-serif}
.axis{stroke:var(--line)}.tick{fill:var(--quiet)}.first{stroke:var(--accent);fill:none;stroke-width:1.5;stroke-linejoin:round}.second{stroke:var(--second);fill:none;stroke-width:1.5;stroke-linejoin:round}
.dot1{fill:var(--accent)}.dot2{fill:var(--second)}.bar{fill:var(--accent)}.mark{stroke:var(--second);stroke-dasharray:3 3}.label{fill:var(--text);paint-order:stroke;stroke:var(--ground);stroke-width:3px}
.s2{fill:var(--good)}.s3{fill:var(--accent)}.s4{fill:var(--second)}.s5,.s0{fill:var(--bad)}.s1{fill:var(--quiet)}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;margin:8px 0 0;list-style:none}.legend svg{width:10px;height:10px;display:inline-block;margin-right:6px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);white-space:nowrap}
thead th{color:var(--quiet);font-weight:400}
tbody th{font-weight:400;text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:160px}
th:nth-child(2),th.line,td.line{text-align:left}td:first-child,th:first-child{text-align:left}
th.line,td.line{padding-left:12px}th.line{font-family:inherit;font-size:inherit}td.line{white-space:normal;overflow-wrap:anywhere;min-width:200px}
details{border-top:1px solid var(--line);padding:8px 0}details details{border:0;padding:4px 0}
summary{cursor:pointer;overflow-wrap:anywhere}
.line,pre{font-family:ui-monospace,monospace;font-size:12.5px;overflow-wrap:anywhere}
pre{white-space:pre-wrap;background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:8px 12px;margin:6px 0;max-height:480px;overflow:auto}
.checks{padding:0;margin:8px 0;list-style:none}.both{display:grid;grid-template-columns:auto 1fr;gap:0 12px;margin:2px 0 8px}.both dd{margin:0;font-family:ui-monospace,monospace;font-size:12.5px;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{details{break-inside:avoid}}
`.replaceAll('\n', '')
