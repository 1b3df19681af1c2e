/** Words for screen readers alone, where what is seen says the same in another way. */
import type { ReactNode } from 'react'
import css from './hidden.module.css'

/** As an `output` it is read out when it changes. */
export function Hidden({ as: Part = 'span', children }: { as?: 'span' | 'output'; children: ReactNode }) {
  return <Part className={css.hidden}>{children}</Part>
}
