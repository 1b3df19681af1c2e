/** Who may act for me: what they may do, until when, how it ends; and inviting an adult whom I trust. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listProxies, type GrantView } from '../../../../server/people/proxies/contract.ts'
import { asking } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { EndGrant } from './end-grant.tsx'
import { Invite } from './invite.tsx'
import { Scopes, Until } from './may.tsx'
import { stateWords } from './scope-words.ts'
import css from '../me/me.module.css'

export function WhoForMe() {
  const { data, error, refetch } = useQuery(asking(listProxies))
  const [invites, invite] = useState(false)
  return (
    <Card as="section" aria-labelledby="for-me">
      <h2 id="for-me" className={css.heading}>
        <Trans>Who may act for you</Trans>
      </h2>
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.proxies.length === 0 && (
        <p>
          <Trans>Nobody. You decide whether somebody may help you here, and with what.</Trans>
        </p>
      )}
      <ul className={css.ways}>
        {data?.proxies.map((grant) => (
          <Grant key={grant.id} grant={grant} />
        ))}
      </ul>
      {invites ? (
        <Invite onInvited={() => void refetch()} />
      ) : (
        <Row apart>
          <Button variant="default" onClick={() => invite(true)}>
            <Trans>Invite somebody you trust</Trans>
          </Button>
        </Row>
      )}
    </Card>
  )
}

function Grant({ grant: { id, name, scopes, state, endsAt } }: { grant: GrantView }) {
  const { t, i18n } = useLingui()
  const lives = state === 'invited' || state === 'standing'
  return (
    <li>
      <strong>{name}</strong> <Tag tone={state === 'standing' ? 'good' : 'plain'}>{i18n._(stateWords[state])}</Tag>
      <Scopes scopes={scopes} />
      {lives && (
        <>
          <Until at={endsAt} />
          <EndGrant id={id} name={name} question={t`Should ${name} no longer act for you?`} />
        </>
      )}
    </li>
  )
}
