/** Looks that may be curiosity: each sign in a sentence, and the officer's judgement. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listLooks, reviewLook } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { dateName, daysLater } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Judge } from './judge.tsx'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { outcomeWords, signWords } from './officer-words.ts'
import { Colleague, PatientName } from './who.tsx'

type Look = Reply<typeof listLooks>['looks'][number]

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listLooks))
  return (
    <OfficerPage
      title={t`Looks to judge`}
      lead={t`The last two weeks. A sign is no proof: ask before you judge.`}
      asked={asked}
    >
      {({ looks }) => (
        <Stack>
          {looks.length === 0 && (
            <Empty icon="check" title={t`No look tells of curiosity`}>
              <p>
                <Trans>Every look is still in the access log.</Trans>
              </p>
            </Empty>
          )}
          {waitingFirst(looks).map((look) => (
            <OneLook key={keyOf(look)} look={look} onJudged={() => asked.refetch()} />
          ))}
        </Stack>
      )}
    </OfficerPage>
  )
}

/** A stable sort: within both, those with the most signs stay first. */
const waitingFirst = (looks: readonly Look[]) =>
  looks.toSorted((one, other) => Number(one.review !== null) - Number(other.review !== null))
const keyOf = ({ day, person, patientId }: Look) => `${day}-${person.id}-${patientId}`

function OneLook({ look, onJudged }: { look: Look; onJudged: () => Promise<unknown> }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const { day, person, patientId, times, review } = look
  const key = keyOf(look)
  const outcome = review && outcomeWords[review.outcome]
  return (
    <Card as="section" aria-labelledby={`look-${key}`}>
      <h2 id={`look-${key}`} className={css.title}>
        <Colleague person={person} />
      </h2>
      <p>
        <PatientName patient={look.patient} />
        <span className={css.soft}>
          {dateName(day, language)} · <Plural value={times} one="once" other="# times" />
        </span>
      </p>
      <ul>
        {look.signs.map((sign) => (
          <li key={sign}>{i18n._(signWords[sign])}</li>
        ))}
      </ul>
      <p>
        <Link to="/officer/log" search={{ patientId, personId: person.id, before: daysLater(day, 1) }}>
          <Trans>What they opened of this patient</Trans>
        </Link>
      </p>
      {review ? (
        <>
          <Tag tone={review.outcome === 'fine' ? 'good' : 'warn'}>{outcome && i18n._(outcome)}</Tag>
          {review.note && <p className={css.said}>{review.note}</p>}
        </>
      ) : (
        <Judge
          mine={look.mine}
          name={key}
          warning={t`The trail keeps this judgement.`}
          judge={(judgement) => call(reviewLook, { body: { personId: person.id, patientId, day, ...judgement } })}
          onJudged={onJudged}
        />
      )}
    </Card>
  )
}
