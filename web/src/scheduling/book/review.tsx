/** Step four: all of it once more, with the policy, and the button that books. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Refused } from '../../call.ts'
import { readBirthDate } from '../../ui/birth-date.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import type { Fact } from '../../ui/lists.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { noSupport, useSupportWords } from '../../people/support/words.ts'
import { usePlanName } from '../find/plans.tsx'
import { ChangePolicy, VisitFacts } from '../visit/facts.tsx'
import type { Booking } from './book.tsx'
import { Chosen, Taken } from './chosen.tsx'
import { nextOpenings } from './next-openings.ts'
import { stepsOf } from './steps.ts'
import { useBook } from './use-book.ts'
import css from './book.module.css'

export function Review(booking: Booking) {
  const { t } = useLingui()
  const { offered, at, search, draft } = booking
  const deed = useBook(booking)
  const steps = stepsOf(draft)
  return (
    <Page
      title={t`Check and book`}
      above={<StepHeader at={steps} of={steps} back={{ to: '/book', search: { ...search, step: 'details' } }} />}
    >
      <Chosen {...booking} brief />
      <Stack>
        <Card>
          <VisitFacts visit={{ ...offered, startsAt: at }} more={usePersonFacts(booking)} />
          <Link to="/book" search={{ ...search, step: 'details' }} className={css.change}>
            <Trans>Change these details</Trans>
          </Link>
        </Card>
        <Notice>
          <p>
            <ChangePolicy startsAt={at} zone={offered.place.zone} cutoffMinutes={offered.cancelCutoffMinutes} />
          </p>
        </Notice>
        <BookRefusal error={deed.error} booking={booking} onAgain={() => deed.mutate()} />
        <BusyButton onClick={() => deed.mutate()} busy={deed.isPending}>
          <Trans>Book this visit</Trans>
        </BusyButton>
      </Stack>
    </Page>
  )
}

function usePersonFacts({ draft, search, today, records }: Booking): Fact[] {
  const { t } = useLingui()
  const language = useLanguage()
  const plan = usePlanName(draft.planId ?? search.planId)
  const read = readBirthDate(draft.born, today)
  const born = 'bornOn' in read ? dateName(read.bornOn, language) : ''
  const known = records?.all.find(({ patientId }) => patientId === draft.patientId)
  const needs = useSupportWords()(draft.support ?? noSupport)
  const extras = [
    ...(draft.reason.trim() ? [{ name: t`About`, value: draft.reason.trim() }] : []),
    { name: t`Insurance`, value: plan ?? t`None given` },
    ...(needs.length > 0 ? [{ name: t`Needs`, value: needs.join(' · ') }] : []),
  ]
  if (known) return [{ name: t`For`, value: <strong>{known.name}</strong> }, ...extras]
  return [
    {
      name: t`For`,
      value: (
        <>
          {draft.givenName} {draft.familyName}
          <span className={css.soft}>
            <Trans>born {born}</Trans> ·{' '}
            {draft.here === 'new' ? <Trans>first time here</Trans> : <Trans>has been here before</Trans>}
          </span>
        </>
      ),
    },
    {
      name: draft.onlyLandline ? t`We call` : t`Confirmation to`,
      value: draft.onlyLandline ? draft.landline : draft.contact,
    },
    ...extras,
  ]
}

const toDetails = ['proof', 'name', 'birth_date', 'born_in_the_future', 'phone', 'who_is_it_for']
const toSearch = ['too_young', 'too_old', 'not_accepting_new', 'no_such_visit']
const toOtherVisit = ['established_only', 'new_only']

/** What the server refused, with the step that puts it right. */
function BookRefusal({ error, booking, onAgain }: { error: unknown; booking: Booking; onAgain: () => void }) {
  const { search, offered, put, go } = booking
  if (!error) return null
  const code = error instanceof Refused ? error.code : ''
  if (nextOpenings(error)) return <Taken error={error} search={search} zone={offered.place.zone} onAgain={onAgain} />
  if (code === 'proof')
    return (
      <Refusal error={error}>
        <Button
          size="sm"
          onClick={() => {
            put({ proof: { proof: '', to: '' } })
            go('details')
          }}
        >
          <Trans>Get a new code</Trans>
        </Button>
      </Refusal>
    )
  return (
    <Refusal error={error} {...(!isRule(code) && { onAgain })}>
      {toDetails.includes(code) && (
        <Link to="/book" search={{ ...search, step: 'details' }}>
          <Trans>Change these details</Trans>
        </Link>
      )}
      {toSearch.includes(code) && (
        <Link to="/">
          <Trans>Find another clinician</Trans>
        </Link>
      )}
      {toOtherVisit.includes(code) && (
        <Link to="/clinicians/$id" params={{ id: offered.clinician.id }} search={{}}>
          <Trans>Other visits with {offered.clinician.name}</Trans>
        </Link>
      )}
      {!toDetails.includes(code) && (
        <p>
          <Link to="/book" search={{ ...search, step: 'time' }}>
            <Trans>All open times</Trans>
          </Link>
        </p>
      )}
    </Refusal>
  )
}

/** Trying the same again would be refused again. */
const isRule = (code: string) =>
  [
    ...toDetails,
    ...toSearch,
    ...toOtherVisit,
    'too_soon',
    'too_far',
    'in_the_past',
    'another_hold',
    'not_an_opening',
  ].includes(code)
