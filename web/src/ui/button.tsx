/** The browser's own button in Attend's look; a link that looks like one is a ButtonLink. */
import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './button.module.css'

/** What a button and a link that looks like one have in common. */
export interface ButtonLook {
  /** `filled` for what the page is for, `default` beside it, `subtle` for what is rarely wanted, `danger` for the end of something. */
  variant?: 'filled' | 'default' | 'subtle' | 'danger' | undefined
  /** `sm` (44 px) stands within other things. */
  size?: 'sm' | 'md' | undefined
  fullWidth?: boolean | undefined
  icon?: IconName
}

/** The attributes that give an element a button's look. */
export function looksOf({ variant = 'filled', size = 'md', fullWidth = false }: ButtonLook, className = '') {
  return {
    className: `${css.button} ${className}`,
    'data-variant': variant,
    'data-size': size,
    'data-wide': fullWidth || undefined,
  }
}

/** Does something here and now. Where it takes a while: BusyButton. */
export function Button({
  variant,
  size,
  fullWidth,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & ButtonLook) {
  return (
    <button type="button" {...rest} {...looksOf({ variant, size, fullWidth }, className)}>
      {icon && <Icon name={icon} size={20} />}
      {children}
    </button>
  )
}
