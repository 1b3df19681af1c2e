/** Two records side by side: what each says, how much it speaks for one person, and which value stays when they are merged. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { mergeRecords, type PatientSummary } from '../../../../server/people/contract.ts'
import { call } from '../../call.ts'
import { languageName } from '../../scheduling/find/said.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { sayPhone } from '../../ui/house.ts'
import { Row, Stack } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import type { Candidate } from './same-person.tsx'
import css from './same.module.css'

type Choice = 'name' | 'bornOn' | 'gender' | 'language'
type Level = Candidate['likelihood']['contributions'][number]['level']

const levels: Record<Level, MessageDescriptor> = {
  same: msg`the same`,
  nickname: msg`an everyday form`,
  near: msg`nearly the same`,
  swapped: msg`day and month swapped`,
  slip: msg`one digit differs`,
  different: msg`different`,
}

interface CompareProps {
  known: Candidate
  guest: PatientSummary
  isMerging: boolean
  onDone: () => void
}

export function Compare({ known, guest, isMerging, onDone }: CompareProps) {
  const { t, i18n } = useLingui()
  const [chosen, choose] = useState<readonly Choice[]>([])
  const lines = useLines(known, guest)
  const pick = (choice: Choice, of: 'known' | 'guest') =>
    choose([...chosen.filter((one) => one !== choice), ...(of === 'guest' ? [choice] : [])])
  const total = known.likelihood.total.toFixed(1)
  return (
    <Stack>
      <div className={css.scroll}>
        <table className={css.pair}>
          <caption>
            <Trans>Together they weigh {total} for one person; above 0 speaks for it, below against it.</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>What</Trans>
              </th>
              <th scope="col">
                <Trans>Record we know</Trans>
              </th>
              <th scope="col">
                <Trans>New record</Trans>
              </th>
              <th scope="col">
                <Trans>How they compare</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, choice, fields, ...said }) => {
              const weighed = known.likelihood.contributions.filter(({ field }) => fields.includes(field))
              const isOpen = isMerging && choice !== undefined && said.known !== said.guest
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {(['known', 'guest'] as const).map((of) => (
                    <td key={of}>
                      {isOpen ? (
                        <label className={css.choice}>
                          <input
                            type="radio"
                            name={`stays-${choice}`}
                            aria-label={t`${name} that stays: ${said[of] || t`none`}`}
                            checked={(of === 'guest') === chosen.includes(choice)}
                            onChange={() => pick(choice, of)}
                          />
                          {said[of] || '–'}
                        </label>
                      ) : (
                        said[of] || '–'
                      )}
                    </td>
                  ))}
                  <td>
                    {weighed.map(({ field, level, points }) => (
                      <span key={field} className={css.weight}>
                        <Tag tone={points > 0 ? 'good' : 'warn'}>
                          {i18n._(levels[level])} {points > 0 ? '+' : ''}
                          {points.toFixed(1)}
                        </Tag>
                      </span>
                    ))}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {isMerging && <Merge known={known} guest={guest} chosen={chosen} onDone={onDone} />}
    </Stack>
  )
}

function useLines(known: PatientSummary, guest: PatientSummary) {
  const { t } = useLingui()
  const reader = useLanguage()
  const genders: Record<string, string> = { female: t`Woman`, male: t`Man`, other: t`Other`, unknown: t`Not known` }
  const line = (
    name: string,
    say: (of: PatientSummary) => string,
    { choice, fields }: { choice?: Choice; fields: readonly string[] },
  ) => ({ name, choice, fields, known: say(known), guest: say(guest) })
  return [
    line(t`Name`, ({ name }) => name, { choice: 'name', fields: ['givenName', 'familyName'] }),
    line(t`Born`, ({ bornOn }) => (bornOn ? dateName(bornOn, reader) : ''), {
      choice: 'bornOn',
      fields: ['birthDate'],
    }),
    line(t`Gender`, ({ gender }) => genders[gender ?? ''] ?? '', { choice: 'gender', fields: ['gender'] }),
    line(t`Language`, ({ language }) => (language ? languageName(language, reader) : ''), {
      choice: 'language',
      fields: [],
    }),
    line(t`Phone`, ({ phone }) => (phone ? sayPhone(phone) : ''), { fields: ['phone'] }),
    line(t`Email`, ({ email }) => email ?? '', { fields: ['email'] }),
  ]
}

interface MergeProps {
  known: PatientSummary
  guest: PatientSummary
  chosen: readonly Choice[]
  onDone: () => void
}

/** Phones and emails of both are kept; the record we know stands for both. */
function Merge({ known, guest, chosen, onDone }: MergeProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const problems = useProblems()
  const [reason, type] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const merging = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      call(mergeRecords, {
        body: { survivorId: known.id, absorbedId: guest.id, chosen: [...chosen], reason: reason.trim() },
      }),
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries()
    },
  })
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const missing =
          reason.trim() === '' ? [{ field: 'reason', text: t`Say how you know that it is one person` }] : []
        if (problems.report(missing)) merging.mutate()
      }}
    >
      <Stack>
        <p>
          <Trans>
            Where they differ, choose above what stays. Phones and emails of both are kept. Visits, papers and accounts
            of both are shown as one; who may act for one of the two sees only that one until you say otherwise below.
          </Trans>
        </p>
        <TextField
          name="reason"
          label={t`How do you know that it is one person?`}
          value={reason}
          onChange={type}
          error={problems.of('reason')}
          maxLength={500}
        />
        <Refusal error={merging.error} />
        <Row>
          <BusyButton type="submit" busy={merging.isPending}>
            <Trans>Merge the two records</Trans>
          </BusyButton>
          <Button type="button" variant="default" onClick={onDone}>
            <Trans>Back</Trans>
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
