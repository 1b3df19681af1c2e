/** What I allow beyond my care: one question each, changed at any time. What was not said is not allowed. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { listMyConsents, sayConsent } from '../../../server/privacy/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'
import { asking, call } from '../call.ts'
import { OwnPage } from '../people/me/own-page.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { useHouse } from '../ui/house.ts'
import { Row, Stack } from '../ui/layout.tsx'
import { Tag } from '../ui/lists.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { dateName, dayOf } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import css from './privacy.module.css'

type Consent = Reply<typeof listMyConsents>['consents'][number]
type Decision = 'permit' | 'deny'

const mine = asking(listMyConsents)

const words: Record<Consent['kind'], { name: MessageDescriptor; about: MessageDescriptor }> = {
  research: { name: msg`Research`, about: msg`Researchers may ask us for your record to study illness and care.` },
  teaching: { name: msg`Teaching`, about: msg`Students may learn from your case, and be there at your visits.` },
  family_updates: { name: msg`News to my family`, about: msg`We may tell the family you named how you are.` },
  facility_list: {
    name: msg`List of patients here`,
    about: msg`Visitors who ask for you by name learn that you are here.`,
  },
  health_exchange: {
    name: msg`Sharing with other clinics`,
    about: msg`Other clinics that treat you may read your record over the health exchange.`,
  },
}

export function Screen() {
  const { t } = useLingui()
  return (
    <OwnPage
      title={t`What I allow`}
      lead={t`You decide, and may change it at any time. Your care does not depend on it. What you have not said is not allowed.`}
      asked={useQuery(mine)}
    >
      {({ consents }) => (
        <Stack>
          {consents.map((consent) => (
            <Question key={consent.kind} {...consent} />
          ))}
        </Stack>
      )}
    </OwnPage>
  )
}

function Question({ kind, decision, saidAt }: Consent) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const saying = useMutation({
    mutationFn: (said: Decision) => call(sayConsent, { body: { kind, decision: said } }),
    onSuccess: (told) => queries.setQueryData(mine.queryKey, told),
  })
  const say = (said: Decision) => !saying.isPending && said !== decision && saying.mutate(said)
  const name = i18n._(words[kind].name)
  return (
    <Card as="section" aria-labelledby={kind}>
      <h2 id={kind} className={css.title}>
        {name}
      </h2>
      <p>{i18n._(words[kind].about)}</p>
      <p>
        <output>
          <State decision={decision} saidAt={saidAt} />
        </output>
      </p>
      <Refusal error={saying.error} />
      <Row>
        <Button
          size="sm"
          variant="default"
          aria-pressed={decision === 'permit'}
          aria-label={t`I allow it: ${name}`}
          onClick={() => say('permit')}
        >
          <Trans>I allow it</Trans>
        </Button>
        <Button
          size="sm"
          variant="default"
          aria-pressed={decision === 'deny'}
          aria-label={t`I do not allow it: ${name}`}
          onClick={() => say('deny')}
        >
          <Trans>I do not allow it</Trans>
        </Button>
      </Row>
    </Card>
  )
}

function State({ decision, saidAt }: Pick<Consent, 'decision' | 'saidAt'>) {
  const language = useLanguage()
  const { zone } = useHouse()
  if (decision === null || saidAt === null) return <Trans>You have not said yet.</Trans>
  const since = dateName(dayOf(saidAt, zone), language)
  return decision === 'permit' ? (
    <Tag tone="good">
      <Trans>Allowed since {since}</Trans>
    </Tag>
  ) : (
    <Tag>
      <Trans>Not allowed since {since}</Trans>
    </Tag>
  )
}
