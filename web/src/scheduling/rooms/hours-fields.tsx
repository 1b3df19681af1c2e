/** When something is there, week by week; with no hours of its own, whenever its place is open. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Fieldset } from '../../ui/fieldset.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { weekdayName } from '../find/said.ts'
import { minuteOf, timeOf, type Resource } from './room-words.ts'
import css from './rooms.module.css'

type Hours = Resource['hours']

interface HoursProps {
  id: string
  hours: Hours
  onChange: (hours: Hours) => void
}

export function HoursFields({ id, hours, onChange }: HoursProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekdayName(day, language) }))
  const change = (at: number, part: Partial<Hours[number]>) =>
    onChange(hours.map((one, other) => (other === at ? { ...one, ...part } : one)))
  const next = { weekday: ((hours.at(-1)?.weekday ?? 0) % 7) + 1, fromMinute: 540, untilMinute: 1020 }
  return (
    <Fieldset name={id} label={t`Own hours`} hint={t`Without any it is there whenever its place is open.`}>
      {hours.map((one, at) => (
        <div key={at} className={css.times}>
          <SelectField
            name={`${id}-${at}-day`}
            label={t`Weekday`}
            value={String(one.weekday)}
            onChange={(value) => change(at, { weekday: Number(value) })}
            options={weekdays}
          />
          <TextField
            name={`${id}-${at}-from`}
            type="time"
            label={t`From`}
            value={timeOf(one.fromMinute)}
            onChange={(value) => value && change(at, { fromMinute: minuteOf(value) })}
          />
          <TextField
            name={`${id}-${at}-until`}
            type="time"
            label={t`Until`}
            value={timeOf(one.untilMinute)}
            onChange={(value) => value && change(at, { untilMinute: minuteOf(value) })}
          />
          <Button size="sm" variant="default" onClick={() => onChange(hours.filter((_, other) => other !== at))}>
            <Trans>Remove</Trans>
          </Button>
        </div>
      ))}
      <Button size="sm" variant="default" onClick={() => onChange([...hours, next])}>
        <Trans>Add hours</Trans>
      </Button>
    </Fieldset>
  )
}
