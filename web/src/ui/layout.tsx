/** Where things stand: one under the other, or side by side for as long as there is room. */
import type { ReactNode } from 'react'
import css from './layout.module.css'

/** One under the other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={css.stack}>{children}</div>
}

/** Side by side; wraps. `apart` keeps its distance from what is above it. */
export function Row({ apart = false, children }: { apart?: boolean; children: ReactNode }) {
  return (
    <div className={css.row} data-apart={apart || undefined}>
      {children}
    </div>
  )
}
