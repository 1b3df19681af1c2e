/** What must be said before any result: where help is right now, and how the question was understood. */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import css from './urgent.module.css'

/** Calm and big; interrupts a screen reader. Nothing when nothing is urgent. */
export function Urgent({ emergency, crisis }: { emergency: boolean; crisis: boolean }) {
  if (!emergency && !crisis) return null
  return (
    <div className={css.urgent} role="alert">
      {emergency && (
        <Help number="911" title={<Trans>This may need help right now</Trans>} call={<Trans>Call 911</Trans>}>
          <Trans>
            If it is serious or getting worse, do not wait for a visit. Call 911 or go to the nearest emergency room.
          </Trans>
        </Help>
      )}
      {crisis && (
        <Help
          number="988"
          title={<Trans>You do not have to go through this alone</Trans>}
          call={<Trans>Call 988</Trans>}
        >
          <Trans>
            Call or text 988 at any hour. Somebody will listen, free and in confidence. In danger right now, call 911.
          </Trans>{' '}
          <a href="sms:988">
            <Trans>Text 988</Trans>
          </a>
        </Help>
      )}
    </div>
  )
}

function Help({
  number,
  title,
  call,
  children,
}: {
  number: string
  title: ReactNode
  call: ReactNode
  children: ReactNode
}) {
  return (
    <div className={css.help}>
      <div>
        <p className={css.title}>{title}</p>
        <p className={css.words}>{children}</p>
      </div>
      <a href={`tel:${number}`} className={css.call}>
        <Icon name="phone" size={26} />
        {call}
      </a>
    </div>
  )
}

/** 'heart doctor: Cardiology': what the words were taken for, so that a wrong guess can be seen. */
export function Understood({ phrases }: { phrases: readonly { phrase: string; meaning: string }[] }) {
  if (!phrases.length) return null
  return (
    <p className={css.understood}>
      <Trans>We looked for:</Trans>{' '}
      {phrases.map(({ phrase, meaning }, at) => (
        <span key={phrase + meaning}>
          {at > 0 && '; '}“{phrase}” → <strong>{meaning}</strong>
        </span>
      ))}
    </p>
  )
}
