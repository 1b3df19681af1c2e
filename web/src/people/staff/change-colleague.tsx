/** What an administrator changes about a colleague: roles, a new link, the end of the account. True on the next request. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { endStaff, renewEnrolment, setRole } from '../../../../server/people/staff/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Guarded } from '../account/prove-again.tsx'
import type { Colleague } from './colleague-card.tsx'
import type { Link } from './link-shown.tsx'
import { roleDuties, staffRoles, type StaffRole } from './role-duties.ts'
import { useRoleName } from './role-name.ts'
import css from './staff.module.css'

interface ChangeColleagueProps {
  colleague: Colleague
  called: string
  guarded: Guarded
  refresh: () => Promise<unknown>
  onLink: (link: Link) => void
}

export function ChangeColleague(props: ChangeColleagueProps) {
  return (
    <div className={css.change}>
      <Roles {...props} />
      <Row>
        <NewLink {...props} />
        <End {...props} />
      </Row>
    </div>
  )
}

function Roles({ colleague, guarded, refresh }: ChangeColleagueProps) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const setting = useMutation({
    mutationFn: (body: { role: StaffRole; held: boolean }) =>
      guarded(() => call(setRole, { path: { id: colleague.id }, body })),
    onSuccess: refresh,
  })
  const done = setting.isSuccess && !setting.isPending ? setting.variables : undefined
  const role = done ? roleName(done.role) : ''
  return (
    <>
      <Refusal error={setting.error} />
      <ul className={css.roles}>
        {staffRoles.map((role) => {
          const held = colleague.roles.some((one) => one.role === role)
          const name = roleName(role)
          return (
            <li key={role} className={css.role}>
              <span>
                {name}
                <span className={css.hint}>{i18n._(roleDuties[role])}</span>
              </span>
              <BusyButton
                variant="default"
                size="sm"
                busy={setting.isPending && setting.variables.role === role}
                onClick={() => setting.mutate({ role, held: !held })}
              >
                {held ? <Trans>Take away</Trans> : <Trans>Give</Trans>}
                <Hidden>: {name}</Hidden>
              </BusyButton>
            </li>
          )
        })}
      </ul>
      <output>{done && (done.held ? t`${role}: given.` : t`${role}: taken away, at once.`)}</output>
    </>
  )
}

function NewLink({ colleague, called, guarded, onLink }: ChangeColleagueProps) {
  const { t } = useLingui()
  const [asks, ask] = useState(false)
  const renewing = useMutation({
    mutationFn: () => guarded(() => call(renewEnrolment, { path: { id: colleague.id } })),
    onSuccess: ({ enrolmentUrl }) => onLink({ name: called, url: enrolmentUrl }),
    onSettled: () => ask(false),
  })
  return (
    <>
      <Button variant="default" size="sm" onClick={() => ask(true)}>
        <Trans>New link to set up the account</Trans>
      </Button>
      <Refusal error={renewing.error} />
      <Confirm
        open={asks}
        title={t`A new link for ${called}?`}
        yes={t`Make a new link`}
        no={t`Leave it as it is`}
        busy={renewing.isPending}
        onYes={() => {
          ask(false)
          renewing.mutate()
        }}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>
            For who lost every way to sign in. They are signed out everywhere, and their passkeys, password and codes
            stop working. An older link stops working too.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}

function End({ colleague, called, guarded, refresh }: ChangeColleagueProps) {
  const { t } = useLingui()
  const [asks, ask] = useState(false)
  const ending = useMutation({
    mutationFn: () => guarded(() => call(endStaff, { path: { id: colleague.id } })),
    onSuccess: refresh,
    onSettled: () => ask(false),
  })
  return (
    <>
      <Button variant="danger" size="sm" onClick={() => ask(true)}>
        <Trans>End the account</Trans>
      </Button>
      <Refusal error={ending.error} />
      <Confirm
        open={asks}
        danger
        title={t`End the account of ${called}?`}
        yes={t`End the account`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>
            They are signed out everywhere on their next click. Roles, passkeys and open links are over. What they did
            stays in the trail under their name.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
