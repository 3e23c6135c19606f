import type { Plugin } from 'vite'

export function thirdPartyNotices(more?: readonly string[]): Plugin
