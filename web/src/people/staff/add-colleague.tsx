/** An account for a new colleague: who it is and what they are here for, each role with what it sees and does. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, type FormEvent } from 'react'
import { addStaff } from '../../../../server/people/staff/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useDraft } from '../../ui/draft.ts'
import { TextField } from '../../ui/field.tsx'
import { CheckField, Fieldset } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Guarded } from '../account/prove-again.tsx'
import type { Link } from './link-shown.tsx'
import { roleDuties, staffRoles, type StaffRole } from './role-duties.ts'
import { useRoleName } from './role-name.ts'
import css from './staff.module.css'

interface AddColleagueProps {
  guarded: Guarded
  onAdded: (link: Link) => void
  /** What was typed stays for the next time. */
  onLeft: () => void
}

interface Typed {
  name: string
  email: string
  roles: readonly StaffRole[]
}
const empty: Typed = { name: '', email: '', roles: [] }

export function AddColleague({ guarded, onAdded, onLeft }: AddColleagueProps) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const roleName = useRoleName()
  const { draft, put, clear } = useDraft('add-colleague', empty)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const adding = useMutation({
    mutationFn: () =>
      guarded(() =>
        call(addStaff, { body: { name: draft.name.trim(), email: draft.email.trim(), roles: [...draft.roles] } }),
      ),
    onSuccess: ({ enrolmentUrl }) => {
      onAdded({ name: draft.name.trim(), url: enrolmentUrl })
      clear()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(draft.name.trim() === '' ? [{ field: 'colleague-name', text: t`Enter the name` }] : []),
      ...(/^\S+@\S+\.\S+$/.test(draft.email.trim())
        ? []
        : [{ field: 'colleague-email', text: t`Enter an email, such as name@clinic.org` }]),
      ...(draft.roles.length === 0 ? [{ field: 'role-front_desk', text: t`Choose at least one role` }] : []),
    ]
    if (problems.report(found) && !adding.isPending) adding.mutate()
  }
  const hold = (role: StaffRole, held: boolean) =>
    put({ roles: staffRoles.filter((one) => (one === role ? held : draft.roles.includes(one))) })
  return (
    <Card as="section" aria-labelledby="add-colleague">
      <h2 id="add-colleague" ref={title} tabIndex={-1} data-quiet-focus="" className={css.title}>
        <Trans>Add a colleague</Trans>
      </h2>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={adding.error} />
        <TextField
          name="colleague-name"
          label={t`Name`}
          value={draft.name}
          onChange={(name) => put({ name })}
          error={problems.of('colleague-name')}
          maxLength={100}
          autoComplete="off"
        />
        <TextField
          name="colleague-email"
          type="email"
          label={t`Work email`}
          hint={t`They sign in with it.`}
          value={draft.email}
          onChange={(email) => put({ email })}
          error={problems.of('colleague-email')}
          maxLength={254}
          autoComplete="off"
        />
        <Fieldset
          name="roles"
          label={t`What are they here for?`}
          hint={t`Give only what the work needs. You can change it later.`}
          error={problems.of('role-front_desk')}
        >
          <div className={css.checks}>
            {staffRoles.map((role) => (
              <CheckField
                key={role}
                name={`role-${role}`}
                label={
                  <>
                    {roleName(role)}
                    <span className={css.hint}>{i18n._(roleDuties[role])}</span>
                  </>
                }
                checked={draft.roles.includes(role)}
                onChange={(held) => hold(role, held)}
              />
            ))}
          </div>
        </Fieldset>
        <Row>
          <BusyButton type="submit" busy={adding.isPending}>
            <Trans>Add them and show the link</Trans>
          </BusyButton>
          <Button variant="default" onClick={onLeft}>
            <Trans>Not now</Trans>
          </Button>
        </Row>
      </form>
    </Card>
  )
}
