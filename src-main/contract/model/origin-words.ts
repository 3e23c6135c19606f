/** Where a value comes from, in words: `environment Staging`, `folder Users`. */
import { assertNever } from '../result.ts'
import type { Origin } from './origin.ts'

export function originWords(origin: Origin): string {
  switch (origin.layer) {
    case 'request':
      return 'this request'
    case 'folder':
      return `folder ${origin.name}`
    case 'adapter':
      return `session ${origin.session}, at ${origin.prefix}`
    case 'session':
      return origin.name === 'default' ? 'the default session' : `session ${origin.name}`
    case 'collection':
      return origin.name === '' ? 'the collection' : `collection ${origin.name}`
    case 'environment':
      return `environment ${origin.name}`
    case 'dotenv':
      return origin.path
    case 'process':
      return 'the process’s environment'
    case 'captured':
      return 'an earlier answer'
    case 'given':
      return 'this send'
    case 'dynamic':
      return 'made for each send'
    case 'settings':
      return 'Settings'
    case 'default':
      return 'the defaults'
    default:
      return assertNever(origin)
  }
}

/** Whether there is a place to go to where the value can be changed. */
export function isReachable({ layer }: Origin): boolean {
  return (
    layer === 'request' ||
    layer === 'folder' ||
    layer === 'adapter' ||
    layer === 'session' ||
    layer === 'collection' ||
    layer === 'environment' ||
    layer === 'settings'
  )
}
