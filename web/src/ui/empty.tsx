/** Nothing here, why, and what to do instead: never a dead end. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './empty.module.css'

interface EmptyProps {
  icon?: IconName
  title: string
  /** What to do instead: at least one way on. */
  children: ReactNode
}

export function Empty({ icon = 'search', title, children }: EmptyProps) {
  return (
    <div className={css.empty}>
      <span className={css.disc}>
        <Icon name={icon} size={30} />
      </span>
      <h2 className={css.title}>{title}</h2>
      {children}
    </div>
  )
}
