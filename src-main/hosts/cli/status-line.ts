/** One line of a terminal that is written over, for what is under way. Nothing where none looks. */
export interface StatusLine {
  readonly draw: (text: string) => void
  /** Draws what changes many times a second, as often as can be read. */
  readonly drawCount: (text: () => string) => void
  /** Wipes the line. */
  readonly end: () => void
}

const REDRAW_MS = 100

export function createStatusLine(terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): StatusLine {
  let drawnAt = 0
  const write = (text: string): void => {
    if (terminal.isTTY) terminal.write(`\r\u001b[K${text}`)
  }
  const draw = (text: string): void => {
    drawnAt = performance.now()
    write(text)
  }
  return {
    draw,
    drawCount: (text) => {
      if (performance.now() - drawnAt >= REDRAW_MS) draw(text())
    },
    end: () => write(''),
  }
}
