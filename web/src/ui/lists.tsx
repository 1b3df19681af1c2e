/** Lists that are easy to follow: points with ticks, facts with their names. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './lists.module.css'

/** What to bring, what to do: in no order. */
export function TickList({ items }: { items: readonly ReactNode[] }) {
  return (
    <ul className={css.ticks}>
      {items.map((item, at) => (
        <li key={at}>
          <Icon name="check" size={20} />
          <span>{item}</span>
        </li>
      ))}
    </ul>
  )
}

export interface Fact {
  name: string
  value: ReactNode
  icon?: IconName
}

/** Names and values: 'When', 'Where', 'With whom'. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.map(({ name, value, icon }) => (
        <div key={name}>
          <dt>
            {icon && <Icon name={icon} size={20} />}
            {name}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A few words on their own ground: 'Video', 'New patients welcome'. */
export function Tag({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'good' | 'warn' }) {
  return (
    <span className={css.tag} data-tone={tone}>
      {children}
    </span>
  )
}
