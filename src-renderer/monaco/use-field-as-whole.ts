/**
 * Makes the editor's text area act for the whole text. It holds only the lines near the cursor, so that "select all" from
 * a menu or an assistive tool would select these alone; and a text that is put into it at once (dictation, a text
 * expander, a tool that fills fields) would be typed letter by letter, closing brackets that are closed already.
 */
import { useEffect, type RefObject } from 'react'
import type { editor } from './setup.ts'

export function useFieldAsWhole(instance: editor.IStandaloneCodeEditor | null, host: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = host.current
    if (!instance || !element) return
    const selectAll = (): void => {
      const model = instance.getModel()
      if (model) instance.setSelection(model.getFullModelRange())
    }
    const onBeforeInput = (event: InputEvent): void => {
      const text = event.data ?? ''
      if (event.inputType !== 'insertText' || event.isComposing || text.length < 2) return
      const field = textAreaOf(event.target, element)
      if (!field || field.readOnly) return
      event.preventDefault()
      if (isSelectedFromOutside(field, instance)) selectAll()
      instance.trigger('keyboard', 'paste', { text, pasteOnNewLine: false, multicursorText: null })
    }
    const onSelectionChange = (event: Event): void => {
      const field = textAreaOf(document.activeElement, element)
      if (!field || !isSelectedFromOutside(field, instance)) return
      event.stopImmediatePropagation()
      selectAll()
    }
    element.addEventListener('beforeinput', onBeforeInput, true)
    document.addEventListener('selectionchange', onSelectionChange, true)
    return () => {
      element.removeEventListener('beforeinput', onBeforeInput, true)
      document.removeEventListener('selectionchange', onSelectionChange, true)
    }
  }, [instance, host])
}

function textAreaOf(target: EventTarget | null, host: HTMLElement): HTMLTextAreaElement | null {
  const isIt = target instanceof HTMLTextAreaElement && target.classList.contains('inputarea') && host.contains(target)
  return isIt ? target : null
}

/** The editor itself never selects in its field what is not selected in the text. */
function isSelectedFromOutside(field: HTMLTextAreaElement, instance: editor.IStandaloneCodeEditor): boolean {
  const isWhole = field.value !== '' && field.selectionStart === 0 && field.selectionEnd === field.value.length
  return isWhole && instance.getSelection()?.isEmpty() === true
}
