/** One colleague: as what, since when and by whose word; whether they can sign in yet; and what can be changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { listStaff } from '../../../../server/people/staff/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/lists.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import type { Guarded } from '../account/prove-again.tsx'
import { useClinic } from '../clinic.ts'
import { ChangeColleague } from './change-colleague.tsx'
import type { Link } from './link-shown.tsx'
import { useRoleName } from './role-name.ts'
import css from './staff.module.css'

export type Colleague = Reply<typeof listStaff>['staff'][number]

interface ColleagueCardProps {
  colleague: Colleague
  manages: boolean
  guarded: Guarded
  refresh: () => Promise<unknown>
  onLink: (link: Link) => void
}

export function ColleagueCard({ colleague, manages, ...change }: ColleagueCardProps) {
  const { t } = useLingui()
  const [open, unfold] = useState(false)
  const { id, name, email, roles, own, endedAt } = colleague
  const called = name ?? email ?? t`Without a name`
  return (
    <Card as="li" aria-labelledby={`colleague-${id}`}>
      <div className={css.head}>
        <div>
          <h3 id={`colleague-${id}`} className={css.name}>
            {called}
          </h3>
          {email && email !== called && <p className={css.soft}>{email}</p>}
        </div>
        <State {...colleague} />
      </div>
      <ul className={css.roles}>
        {roles.map((role) => (
          <Held key={role.role} {...role} />
        ))}
        {roles.length === 0 && endedAt === null && (
          <li className={css.soft}>
            <Trans>No role: signs in, and sees nothing.</Trans>
          </li>
        )}
      </ul>
      {manages && own && (
        <p className={css.soft}>
          <Trans>This is you. Another administrator changes what you may do.</Trans>
        </p>
      )}
      {manages && !own && endedAt === null && (
        <>
          <Button
            variant="subtle"
            size="sm"
            aria-expanded={open}
            aria-label={t`Change ${called}`}
            onClick={() => unfold(!open)}
          >
            {open ? <Trans>Close</Trans> : <Trans>Change</Trans>}
          </Button>
          {open && <ChangeColleague colleague={colleague} called={called} {...change} />}
        </>
      )}
    </Card>
  )
}

function Held({ role, givenAt, givenBy }: Colleague['roles'][number]) {
  const roleName = useRoleName()
  const since = useDay()(givenAt)
  const words = roleName(role)
  return (
    <li>
      <strong>{words}</strong>{' '}
      <span className={css.soft}>
        {givenBy === null ? (
          <Trans>since {since}, set up with the system</Trans>
        ) : (
          <Trans>
            since {since}, by {givenBy}
          </Trans>
        )}
      </span>
    </li>
  )
}

function State({ enrolled, invitedUntil, endedAt }: Colleague) {
  const day = useDay()
  if (endedAt !== null)
    return (
      <Tag>
        <Trans>Left on {day(endedAt)}</Trans>
      </Tag>
    )
  if (enrolled) return null
  return (
    <Tag tone="warn">
      {invitedUntil === null ? (
        <Trans>Cannot sign in yet: needs a link</Trans>
      ) : (
        <Trans>Not set up yet: link good until {day(invitedUntil)}</Trans>
      )}
    </Tag>
  )
}

function useDay() {
  const language = useLanguage()
  const { zone } = useClinic()
  return (instant: string) => dateName(dayOf(instant, zone), language)
}
