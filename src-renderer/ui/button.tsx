/**
 * Buttons. The filled one is for Send and for the one answer a dialog expects; a button that shows only an icon has
 * its name and key in a tooltip.
 */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { shortcutText } from '../lib/shortcut-text.ts'
import styles from './button.module.css'
import { Tooltip } from './tooltip.tsx'

export type ButtonVariant = 'primary' | 'plain' | 'ghost' | 'danger'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: ButtonVariant
  readonly icon?: ReactNode
  readonly tooltip?: string
  /** Shown in the tooltip as the system writes it. */
  readonly shortcut?: string
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with a word on it. */
export function Button({ variant = 'plain', icon, tooltip, shortcut, className, children, ref, ...rest }: ButtonProps) {
  const button = (
    <button type="button" ref={ref} {...rest} className={join(styles.button, styles[variant], className)}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </button>
  )
  return tooltip === undefined ? (
    button
  ) : (
    <Tooltip text={tooltip} {...(shortcut !== undefined && { keys: shortcutText(shortcut) })}>
      {button}
    </Tooltip>
  )
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** The accessible name; the tooltip says it too. */
  readonly label: string
  /** Such as `Ctrl+N`; shown in the tooltip as the system writes it. */
  readonly shortcut?: string
  readonly icon: ReactNode
  /** For a toggle: whether it is on. */
  readonly pressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A square button that shows only an icon. */
export function IconButton({ label, shortcut, icon, pressed, className, ref, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut !== undefined && { keys: shortcutText(shortcut) })}>
      <button
        type="button"
        ref={ref}
        aria-label={label}
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        {...rest}
        className={join(styles.button, styles.ghost, styles.square, className)}
      >
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      </button>
    </Tooltip>
  )
}

function join(...names: readonly (string | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
