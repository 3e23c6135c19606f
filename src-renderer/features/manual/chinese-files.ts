/** The manual in Simplified Chinese: fetched where the window speaks it. */
import type { Files } from './manual-pages.ts'

export const CHINESE_FILES: Files = import.meta.glob<string>('../../../docs/zh-CN/*.md', { query: '?raw', import: 'default', eager: true })
