/** Names a colleague who cares for a patient, for good or until a day. What was typed stays when it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { setCareTeam } from '../../../../server/people/break-glass/contract.ts'
import { listStaff } from '../../../../server/people/staff/contract.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { useSession } from '../../people/session.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { daysLater, instantAt } from '../../ui/time.ts'
import type { Member } from './care-team.tsx'
import css from './officer.module.css'

interface NameMemberProps {
  patientId: string
  named: readonly Member[]
  onNamed: () => Promise<unknown>
}

export function NameMember({ patientId, named, onNamed }: NameMemberProps) {
  const { t } = useLingui()
  const { zone } = useClinic()
  const own = useSession()?.personId
  const staff = useQuery(asking(listStaff))
  const problems = useProblems()
  const [personId, choose] = useState('')
  const [untilDay, type] = useState('')
  const held = new Set(named.filter(({ holds }) => holds).map(({ person }) => person.id))
  // Whoever only reads here, or is oneself, is nobody to name.
  const free = (staff.data?.staff ?? []).filter(
    ({ id, endedAt, roles }) => endedAt === null && roles.length > 0 && id !== own && !held.has(id),
  )
  const naming = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      call(setCareTeam, {
        path: { id: patientId },
        body: {
          personId,
          held: true,
          ...(untilDay && { until: instantAt(daysLater(untilDay, 1), '00:00', zone) }),
        },
      }),
    onSuccess: async () => {
      choose('')
      type('')
      await onNamed()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = personId ? [] : [{ field: 'member', text: t`Choose a colleague` }]
    if (problems.report(found) && !naming.isPending) naming.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form} aria-label={t`Name a colleague`}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={staff.error} onAgain={() => void staff.refetch()} />
      <Refusal error={naming.error} />
      <SelectField
        name="member"
        label={t`Colleague`}
        value={personId}
        onChange={choose}
        error={problems.of('member')}
        options={[
          { value: '', label: t`Choose a colleague` },
          ...free.map(({ id, name, email }) => ({ value: id, label: name ?? email ?? id })),
        ]}
      />
      <TextField
        name="member-until"
        type="date"
        label={t`Last day`}
        hint={t`Without one it holds until somebody ends it.`}
        optional
        value={untilDay}
        onChange={type}
      />
      <BusyButton type="submit" busy={naming.isPending}>
        <Trans>Name them</Trans>
      </BusyButton>
    </form>
  )
}
