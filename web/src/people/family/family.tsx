/** Acting for each other: for whom I may act, who may act for me, and how both begin and end. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { BackLink } from '../../ui/step-header.tsx'
import { ToSignIn } from '../me/own-page.tsx'
import { useSession } from '../session.ts'
import { useActing, useChoose, type Acting, type Person } from './acting.ts'
import { AskForChild } from './ask-for-child.tsx'
import { EndGrant } from './end-grant.tsx'
import { basisWords } from './scope-words.ts'
import { Scopes, Until } from './may.tsx'
import { WhoForMe } from './who-for-me.tsx'
import css from '../me/me.module.css'

export function Screen() {
  const { t } = useLingui()
  const session = useSession()
  const acting = useActing()
  if (session && session.role !== 'patient') return <ToSignIn />
  if (!acting) return <Loading page />
  return (
    <Page
      title={t`Act for each other`}
      lead={t`Parents for their children, and adults for those who trust them. Every deed is written down.`}
      above={
        <nav aria-label={t`Way back`}>
          <BackLink to="/me" />
        </nav>
      }
    >
      <Stack>
        <ForWhom acting={acting} />
        {acting.now === null ? (
          <>
            {acting.self && <WhoForMe />}
            <AskForChild />
          </>
        ) : (
          <p>
            <Trans>Who may act for you, and asking for a child: go back to your own record first.</Trans>
          </p>
        )}
      </Stack>
    </Page>
  )
}

function ForWhom({ acting }: { acting: Acting }) {
  const { people, now } = acting
  const navigate = useNavigate()
  const choosing = useChoose(() => navigate({ to: '/me' }))
  const choose = (patientId: string | null) => choosing.mutate(patientId)
  return (
    <Card as="section" aria-labelledby="for-whom">
      <h2 id="for-whom" className={css.heading}>
        <Trans>For whom you may act</Trans>
      </h2>
      {people.length === 0 && (
        <p>
          <Trans>Nobody yet. Ask for your child below, or open the invitation that somebody sent you.</Trans>
        </p>
      )}
      <Refusal error={choosing.error} />
      <ul className={css.ways}>
        {people.map((person) => (
          <OnePerson
            key={person.patientId}
            {...{ person, busy: choosing.isPending, isNow: person.patientId === now, mayEnd: now === null }}
            onChoose={() => choose(person.patientId)}
          />
        ))}
      </ul>
      {now !== null && (
        <Row apart>
          <BusyButton variant="default" busy={choosing.isPending} onClick={() => choose(null)}>
            <Trans>Back to my own record</Trans>
          </BusyButton>
        </Row>
      )}
    </Card>
  )
}

interface OnePersonProps {
  person: Person
  busy: boolean
  isNow: boolean
  /** One's own agreements are one's own to end, not those of whom one acts for. */
  mayEnd: boolean
  onChoose: () => void
}

function OnePerson({ person, busy, isNow, mayEnd, onChoose }: OnePersonProps) {
  const { t, i18n } = useLingui()
  const { name } = person
  return (
    <li>
      <strong>{name}</strong>, {i18n._(basisWords[person.basis])}{' '}
      {isNow && <Tag tone="good">{t`You act for them now`}</Tag>}
      <Scopes scopes={person.scopes} />
      <Until at={person.endsAt} />
      <Row>
        {!isNow && (
          <BusyButton size="sm" busy={busy} onClick={onChoose}>
            <Trans>Act for {name}</Trans>
          </BusyButton>
        )}
        {mayEnd && <EndGrant id={person.grantId} question={t`No longer act for ${name}?`} name={name} />}
      </Row>
    </li>
  )
}
