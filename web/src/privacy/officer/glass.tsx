/** Broken glass: who opened a closed record, why, how often lately, and what the officer finds out about it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listBrokenGlass, reviewBrokenGlass } from '../../../../server/people/break-glass/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call, clinicNow } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { clock, dateName, dayOf, daysLater } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Judge } from './judge.tsx'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { glassWords, outcomeWords } from './officer-words.ts'
import { Colleague, PatientName } from './who.tsx'

type Broken = Reply<typeof listBrokenGlass>['broken'][number]

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listBrokenGlass))
  return (
    <OfficerPage
      title={t`Broken glass`}
      lead={t`Records that were opened by giving a reason. Those to review come first.`}
      asked={asked}
    >
      {({ broken }) => (
        <Stack>
          {broken.length === 0 && (
            <Empty icon="check" title={t`No glass was broken`}>
              <p>
                <Trans>When somebody opens a closed record, it is here at once.</Trans>
              </p>
            </Empty>
          )}
          {broken.map((one) => (
            <Glass key={one.id} broken={one} onJudged={() => asked.refetch()} />
          ))}
        </Stack>
      )}
    </OfficerPage>
  )
}

function Glass({ broken, onJudged }: { broken: Broken; onJudged: () => Promise<unknown> }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const { zone } = useClinic()
  const { id, person, patient, brokenAt, inWeek, review } = broken
  const day = dayOf(brokenAt, zone)
  const reason = glassWords[broken.reason]
  return (
    <Card as="section" aria-labelledby={`glass-${id}`}>
      <h2 id={`glass-${id}`} className={css.title}>
        <Colleague person={person} />
      </h2>
      <p>
        <PatientName patient={patient} />
        <span className={css.soft}>
          {dateName(day, language)}, {clock(brokenAt, zone, language)} – {clock(broken.endsAt, zone, language)}
        </span>
      </p>
      <p className={css.said}>
        {reason && <strong>{i18n._(reason)}: </strong>}
        {broken.words}
      </p>
      <p className={css.tags}>
        <Tag tone={broken.often ? 'warn' : 'plain'}>
          <Plural value={inWeek} one="Once in the seven days until then" other="# times in the seven days until then" />
        </Tag>
        <Due broken={broken} />
      </p>
      <p>
        <Link
          to="/officer/log"
          search={{ patientId: patient.id, personId: person.id, before: daysLater(day, 2) }}
          className={css.line}
        >
          <Trans>What they opened of this patient</Trans>
        </Link>
      </p>
      {review ? (
        review.note && <p className={css.said}>{review.note}</p>
      ) : (
        <Judge
          mine={broken.mine}
          name={id}
          warning={t`A judgement of broken glass cannot be changed later.`}
          judge={(body) => call(reviewBrokenGlass, { path: { id }, body })}
          onJudged={onJudged}
        />
      )}
    </Card>
  )
}

/** When the review is due, or what it found. */
export function Due({ broken: { review, reviewDueAt } }: { broken: Broken }) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const { zone } = useClinic()
  const found = review && outcomeWords[review.outcome]
  if (review) return <Tag tone={review.outcome === 'fine' ? 'good' : 'warn'}>{found && i18n._(found)}</Tag>
  const due = `${dateName(dayOf(reviewDueAt, zone), language)}, ${clock(reviewDueAt, zone, language)}`
  return Date.parse(reviewDueAt) < clinicNow() ? (
    <Tag tone="warn">
      <Trans>Overdue since {due}</Trans>
    </Tag>
  ) : (
    <Tag>
      <Trans>Review by {due}</Trans>
    </Tag>
  )
}
