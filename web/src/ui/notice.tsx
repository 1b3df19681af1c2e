/** Something a person should know before going on: said by an icon, a title and words, never by colour alone. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './notice.module.css'

type Tone = 'info' | 'good' | 'warn' | 'bad'

interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  /** `polite` is read out when it appears, `now` interrupts. */
  says?: 'polite' | 'now'
  children?: ReactNode
}

const icons: Record<Tone, IconName> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' }
const roles = { polite: 'status', now: 'alert' } as const

/** A box of one of four tones. */
export function Notice({ tone = 'info', title, says, children }: NoticeProps) {
  return (
    <div className={css.notice} data-tone={tone} role={says && roles[says]}>
      <Icon name={icons[tone]} size={24} />
      <div>
        {title && <p className={css.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}
