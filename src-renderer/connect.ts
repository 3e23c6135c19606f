/**
 * Runs before all else of the window: the host is reached while the rest is fetched and evaluated, so that the first calls leave
 * before the window is drawn for the first time, and are answered meanwhile.
 */
import { setPlatform } from './actions/platform-ref.ts'
import { randomText } from './lib/new-draft-id.ts'
import { choosePlatform } from './platform/choose-platform.ts'

setPlatform(choosePlatform(`w-${randomText()}`))
