/** One clinician at one place: what was said, and the form that confirms or corrects it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { checkListing, type listListingsToCheck } from '../../../server/directory/contract.ts'
import type { Asked, Reply } from '../../../server/platform/endpoint.ts'
import { call } from '../call.ts'
import css from '../people/staff/staff.module.css'
import { BusyButton } from '../ui/busy-button.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { CheckField, ChoiceField, Fieldset } from '../ui/fieldset.tsx'
import { Row } from '../ui/layout.tsx'
import { Tag } from '../ui/lists.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { fieldWords, type Checked } from './field-words.ts'
import { phoneLink, sayPhone } from '../ui/house.ts'

type Listing = Reply<typeof listListingsToCheck>['listings'][number]
type Source = Asked<typeof checkListing>['body']['source']

const saidWords = {
  ...fieldWords,
  no_contact: msg`Nobody answers`,
  not_here: msg`Does not work there`,
}
const parts = Object.keys(fieldWords) as Checked[]

export function ListingCard({ listing, refresh }: { listing: Listing; refresh: () => Promise<unknown> }) {
  const { i18n } = useLingui()
  const [open, setOpen] = useState(false)
  const { clinician, place, phone, hiddenSince, reports, verified } = listing
  const checked = new Set(verified.map(({ field }) => field))
  const stale = parts.filter((part) => !checked.has(part)).map((part) => i18n._(fieldWords[part]))
  const staleWords = stale.join(', ')
  const id = `listing-${listing.roleId}`
  return (
    <Card as="li" aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id} className={css.name}>
          {clinician}
        </h2>
        {hiddenSince && (
          <Tag tone="warn">
            <Trans>Not in the search</Trans>
          </Tag>
        )}
      </div>
      <p className={css.soft}>
        {place}
        {phone && (
          <>
            {' · '}
            <a href={phoneLink(phone)}>{sayPhone(phone)}</a>
          </>
        )}
      </p>
      {reports.length > 0 && (
        <ul className={css.roles}>
          {reports.map(({ field, count }) => (
            <li key={field}>
              <strong>{i18n._(saidWords[field])}</strong>{' '}
              <span className={css.soft}>
                <Plural value={count} one="said once" other="said # times" />
              </span>
            </li>
          ))}
        </ul>
      )}
      {stale.length > 0 && (
        <p className={css.soft}>
          <Trans>Not checked for 90 days: {staleWords}</Trans>
        </p>
      )}
      {open ? (
        <CheckForm listing={listing} onDone={refresh} onLeave={() => setOpen(false)} />
      ) : (
        <Button variant="default" onClick={() => setOpen(true)}>
          <Trans>Confirm or correct</Trans>
        </Button>
      )}
    </Card>
  )
}

interface CheckFormProps {
  listing: Listing
  onDone: () => Promise<unknown>
  onLeave: () => void
}

function CheckForm({ listing, onDone, onLeave }: CheckFormProps) {
  const { t, i18n } = useLingui()
  const { roleId } = listing
  const problems = useProblems()
  const [fields, tick] = useState<ReadonlySet<Checked>>(new Set(parts))
  const [phone, type] = useState(listing.phone ?? '')
  const [welcome, choose] = useState<'yes' | 'no'>(listing.acceptsNew ? 'yes' : 'no')
  const [source, from] = useState<Source>('phone_call')
  const compact = phone.replaceAll(/[\s()-]/g, '')
  const checking = useMutation({
    mutationFn: () =>
      call(checkListing, {
        path: { id: roleId },
        body: {
          fields: parts.filter((part) => fields.has(part)),
          source,
          correct: {
            ...(compact !== '' && compact !== listing.phone && { phone: compact }),
            ...((welcome === 'yes') !== listing.acceptsNew && { acceptsNew: welcome === 'yes' }),
          },
        },
      }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(fields.size === 0 ? [{ field: `parts-${roleId}`, text: t`Choose what was checked` }] : []),
      ...(compact !== '' && !/^\+[1-9]\d{6,14}$/.test(compact)
        ? [{ field: `phone-${roleId}`, text: t`Write the phone number with + and the country first` }]
        : []),
    ]
    if (problems.report(found)) checking.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <TextField
        name={`phone-${roleId}`}
        label={t`Phone of the place`}
        value={phone}
        onChange={type}
        type="tel"
        error={problems.of(`phone-${roleId}`)}
      />
      <ChoiceField
        name={`welcome-${roleId}`}
        label={t`New patients`}
        inline
        options={[
          { value: 'yes', label: t`Welcome` },
          { value: 'no', label: t`Not now` },
        ]}
        value={welcome}
        onChange={choose}
      />
      <Fieldset name={`parts-${roleId}`} label={t`What was checked`} error={problems.of(`parts-${roleId}`)}>
        <div className={css.checks}>
          {parts.map((part, at) => (
            <CheckField
              key={part}
              name={at === 0 ? `parts-${roleId}` : `${part}-${roleId}`}
              label={i18n._(fieldWords[part])}
              checked={fields.has(part)}
              onChange={(is) => tick(is ? fields.union(new Set([part])) : fields.difference(new Set([part])))}
            />
          ))}
        </div>
      </Fieldset>
      <ChoiceField
        name={`source-${roleId}`}
        label={t`Whose word is it?`}
        options={[
          { value: 'phone_call', label: t`We called the place` },
          { value: 'clinician', label: t`The clinician said so` },
          { value: 'desk', label: t`We know it here at the desk` },
        ]}
        value={source}
        onChange={from}
      />
      <Refusal error={checking.error} />
      <Row>
        <BusyButton type="submit" busy={checking.isPending}>
          <Trans>This is right now</Trans>
        </BusyButton>
        <Button variant="subtle" onClick={onLeave}>
          <Trans>Leave it</Trans>
        </Button>
      </Row>
    </form>
  )
}
