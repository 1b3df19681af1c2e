/** A link that looks like a button: it goes somewhere, so it is a link to keyboards, screen readers and new tabs. */
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { looksOf, type ButtonLook } from './button.tsx'

function Looks({
  variant,
  size,
  fullWidth,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & Omit<ButtonLook, 'icon'>) {
  return (
    <a {...rest} {...looksOf({ variant, size, fullWidth }, className)}>
      {children}
    </a>
  )
}

/** Takes what a `Link` takes, and a button's `variant`. */
export const ButtonLink = createLink(Looks)
