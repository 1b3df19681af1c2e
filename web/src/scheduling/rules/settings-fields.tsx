/** The questions of each kind of rule. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { RuleKind } from '../../../../server/scheduling/rules/contract.ts'
import { Button } from '../../ui/button.tsx'
import { LongTextField, SelectField, TextField } from '../../ui/field.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { emptyBlock, type Block, type Draft } from './rule-draft.ts'
import { useWeekdays, type Rules } from './rule-words.ts'

interface FieldsProps {
  kind: RuleKind
  draft: Draft
  onChange: (draft: Draft) => void
  visitTypes: Rules['visitTypes']
}

export function SettingsFields({ kind, draft, onChange, visitTypes }: FieldsProps) {
  const { t } = useLingui()
  const field = (name: string) => ({
    name: `rule-${name}`,
    value: draft.words[name] ?? '',
    onChange: (value: string) => onChange({ ...draft, words: { ...draft.words, [name]: value } }),
  })
  const number = (name: string) => ({ ...field(name), inputMode: 'numeric' as const, maxLength: 5 })
  const visits = [
    { value: '', label: t`Choose a visit` },
    ...visitTypes.map(({ id, name }) => ({ value: id, label: name })),
  ]
  switch (kind) {
    case 'holidays':
      return (
        <LongTextField
          {...field('days')}
          label={t`Days`}
          hint={t`One a line, as 2026-12-25 Christmas. A place with closed days of its own has those alone.`}
          maxLength={9000}
        />
      )
    case 'alternate_weeks':
      return (
        <>
          <TextField {...field('anchorOn')} type="date" label={t`A day in a week that is open`} />
          <TextField {...number('everyWeeks')} label={t`Open every so many weeks`} hint={t`2 is every other week.`} />
        </>
      )
    case 'reserved_time':
      return (
        <>
          <SelectField {...field('forVisitTypeId')} label={t`Kept for`} options={visits} />
          <Blocks blocks={draft.blocks} onChange={(blocks) => onChange({ ...draft, blocks })} />
          <TextField
            {...number('releaseHours')}
            label={t`Open to all so many hours before`}
            hint={t`What nobody has booked by then is opened to the other visits. 48 is two days.`}
          />
        </>
      )
    case 'daily_cap':
      return (
        <TextField
          {...number('visits')}
          label={t`Visits a day, of each clinician`}
          hint={t`With a kind of visit chosen above, visits of that kind.`}
        />
      )
    case 'pair_buffer':
      return (
        <>
          <SelectField {...field('firstVisitTypeId')} label={t`After this visit`} options={visits} />
          <SelectField {...field('thenVisitTypeId')} label={t`and before this one`} options={visits} />
          <TextField {...number('minutes')} label={t`Minutes between them`} />
        </>
      )
    case 'new_patient_quota':
      return (
        <>
          <TextField {...number('visits')} label={t`New patients, of each clinician`} />
          <SelectField
            {...field('per')}
            label={t`In a`}
            options={[
              { value: 'week', label: t`Week, from Monday` },
              { value: 'day', label: t`Day` },
            ]}
          />
        </>
      )
    case 'licence':
      return (
        <TextField
          {...field('states')}
          label={t`States`}
          hint={t`Two letters each, as MA, NH. By video the patient’s state counts, otherwise that of the place.`}
        />
      )
    case 'ages':
      return (
        <>
          <TextField {...number('minYears')} label={t`From this age`} />
          <TextField {...number('maxYears')} label={t`Up to this age`} />
        </>
      )
    case 'referral':
      return (
        <SelectField
          {...field('needs')}
          label={t`The visit needs`}
          options={[
            { value: 'referral', label: t`A referral` },
            { value: 'authorization', label: t`The insurer’s authorization` },
          ]}
        />
      )
  }
}

function Blocks({ blocks, onChange }: { blocks: readonly Block[]; onChange: (blocks: readonly Block[]) => void }) {
  const { t } = useLingui()
  const weekdays = useWeekdays()
  const change = (at: number, part: Partial<Block>) =>
    onChange(blocks.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <Stack>
      {blocks.map((block, at) => (
        <Row key={at}>
          <SelectField
            name={`block-day-${at}`}
            label={t`Day`}
            value={block.weekday}
            onChange={(weekday) => change(at, { weekday })}
            options={weekdays.map((label, day) => ({ value: String(day + 1), label }))}
          />
          <TextField
            name={`block-from-${at}`}
            type="time"
            label={t`From`}
            value={block.from}
            onChange={(from) => change(at, { from })}
          />
          <TextField
            name={`block-until-${at}`}
            type="time"
            label={t`Until`}
            value={block.until}
            onChange={(until) => change(at, { until })}
          />
          {blocks.length > 1 && (
            <Button size="sm" variant="subtle" onClick={() => onChange(blocks.filter((_, place) => place !== at))}>
              <Trans>Take out</Trans>
            </Button>
          )}
        </Row>
      ))}
      <div>
        <Button size="sm" variant="default" onClick={() => onChange([...blocks, emptyBlock])}>
          <Trans>More hours</Trans>
        </Button>
      </div>
    </Stack>
  )
}
