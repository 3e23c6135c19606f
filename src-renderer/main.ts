/** Where the window begins: with the way to the host, and the language of its texts. Everything else waits for that, as texts stand in constants too. */
import './connect.ts'
import { loadLanguage } from './languages/load-language.ts'
import './ui/base.css'

await loadLanguage()
const { begin } = await import('./begin.tsx')
begin()
