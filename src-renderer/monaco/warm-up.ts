/**
 * An editor that nobody sees, made, typed in once and thrown away while nothing else goes on. The first of a window takes some
 * 100 ms of code that runs for the first time and of widths that are measured: what a person typed meanwhile would wait.
 */
import { whenIdle } from '../lib/when-idle.ts'
import { BASE_OPTIONS } from './base-options.ts'
import { createEditor } from './create-editor.ts'
import { editor } from './setup.ts'

let isWarm = false

/** A step at a time, each short enough for whoever begins to type. */
export function warmUp(): void {
  if (isWarm || editor.getEditors().length > 0) return
  isWarm = true
  const host = document.createElement('div')
  host.inert = true
  host.ariaHidden = 'true'
  host.style.cssText = 'position:fixed;inset:0 auto auto 0;width:400px;height:200px;visibility:hidden'
  document.body.append(host)
  const warm = createEditor(host, BASE_OPTIONS)
  // Of no language: what Monaco fetches for one by itself breaks, uncaught, where the host is away.
  const model = editor.createModel('{}', 'plaintext')
  let isOver = false
  const end = (): void => {
    if (isOver) return
    isOver = true
    listening.dispose()
    warm.dispose()
    model.dispose()
    host.remove()
  }
  // One that is seen is made meanwhile, and warm by that.
  const listening = editor.onDidCreateEditor(end)
  inIdleTurns(
    [() => warm.setModel(model), () => warm.trigger('keyboard', 'type', { text: ' ' }), () => warm.render(true), end],
    () => isOver,
  )
}

function inIdleTurns([step, ...rest]: readonly (() => void)[], isOver: () => boolean): void {
  if (!step || isOver()) return
  whenIdle(() => {
    if (isOver()) return
    step()
    inIdleTurns(rest, isOver)
  })
}
