/** Colleagues who were named to care for a patient, beside those who care by a visit. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { setCareTeam, type showCareTeam } from '../../../../server/people/break-glass/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { NameMember } from './name-member.tsx'
import css from './officer.module.css'
import { Span } from './span.tsx'

export type Member = Reply<typeof showCareTeam>['team'][number]

interface CareTeamProps {
  patientId: string
  team: readonly Member[]
  /** Whether whoever is signed in may change it. */
  manages: boolean
  refresh: () => Promise<unknown>
}

export function CareTeam({ patientId, team, manages, refresh }: CareTeamProps) {
  const standing = team.filter(({ endedAt }) => endedAt === null)
  const over = team.filter(({ endedAt }) => endedAt !== null)
  return (
    <Card as="section" aria-labelledby="care-team">
      <div className={css.parts}>
        <h2 id="care-team" className={css.title}>
          <Trans>Care team</Trans>
        </h2>
        <p className={css.soft}>
          <Trans>
            Whoever has a visit with the patient cares for them by that. Here are those who were named beside it.
          </Trans>
        </p>
        {standing.length === 0 && (
          <p>
            <Trans>Nobody is named.</Trans>
          </p>
        )}
        <ul className={css.list}>
          {standing.map((member) => (
            <One key={member.id} {...{ member, patientId, manages, refresh }} />
          ))}
        </ul>
        {manages ? (
          <NameMember patientId={patientId} named={standing} onNamed={refresh} />
        ) : (
          <p className={css.soft}>
            <Trans>The practice administrator names colleagues, and ends that.</Trans>
          </p>
        )}
        {over.length > 0 && (
          <details>
            <summary className={css.fold}>
              <Trans>Who was named before ({over.length})</Trans>
            </summary>
            <ul className={css.list}>
              {over.map((member) => (
                <li key={member.id}>
                  {member.person.name}
                  <Span {...member} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  )
}

function One({ member, patientId, manages, refresh }: Omit<CareTeamProps, 'team'> & { member: Member }) {
  const { t } = useLingui()
  const [isAsked, ask] = useState(false)
  const { person, mine, holds } = member
  const ending = useMutation({
    networkMode: 'always',
    mutationFn: () => call(setCareTeam, { path: { id: patientId }, body: { personId: person.id, held: false } }),
    onSuccess: refresh,
    onSettled: () => ask(false),
  })
  return (
    <li className={css.one}>
      <strong>{person.name}</strong>
      {!holds && (
        <Tag tone="warn">
          <Trans>Opens nothing any more</Trans>
        </Tag>
      )}
      <Span {...member} />
      <Refusal error={ending.error} />
      {manages &&
        (mine ? (
          <span className={css.soft}>
            <Trans>This is you. Somebody else names you, or ends it.</Trans>
          </span>
        ) : (
          <Button variant="default" size="sm" onClick={() => ask(true)}>
            <Trans>End it</Trans>
            <Hidden> {person.name}</Hidden>
          </Button>
        ))}
      <Confirm
        open={isAsked}
        danger
        title={t`${person.name} cares for this patient no longer?`}
        yes={t`End it`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>From their next click they need a visit with the patient, or a reason, to open the record.</Trans>
        </p>
      </Confirm>
    </li>
  )
}
