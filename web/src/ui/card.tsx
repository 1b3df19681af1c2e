/** A sheet on the paper: what belongs together. */
import type { ComponentProps } from 'react'
import css from './card.module.css'

interface CardProps extends ComponentProps<'div'> {
  as?: 'div' | 'section' | 'article' | 'li' | 'form'
}

/** Give a `section` or `article` an `aria-labelledby`. */
export function Card({ as: Part = 'div', className, ...rest }: CardProps) {
  const Any = Part as 'div'
  return <Any className={className ? `${css.card} ${className}` : css.card} {...rest} />
}
