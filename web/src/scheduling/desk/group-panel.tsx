/** A group visit at the desk: who has which seat, and room for more. What one patient sees of it names nobody else. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { FactList } from '../../ui/lists.tsx'
import { clock, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import type { Entry } from './lay-out.ts'

interface GroupPanelProps {
  /** By the number of their seat. */
  entries: readonly Entry[]
  zone: string
  onVisit: (entry: Entry) => void
  onAdd: () => void
}

export function GroupPanel({ entries, zone, onVisit, onAdd }: GroupPanelProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const [first] = entries
  if (!first?.session)
    return (
      <p className={css.quiet}>
        <Trans>Nobody comes to this group visit any more.</Trans>
      </p>
    )
  const free = first.session.seats - entries.length
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>{first.visitType}</h2>
      <FactList
        facts={[
          {
            name: t`When`,
            value: `${dayName(dayOf(first.startsAt, zone), language)}, ${clock(first.startsAt, zone, language)}`,
          },
          { name: t`Seats`, value: t`${entries.length} of ${first.session.seats} taken` },
          ...(first.resources.length > 0 ? [{ name: t`With`, value: first.resources.join(', ') }] : []),
        ]}
      />
      <ol className={css.found} aria-label={t`Who comes`}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <button type="button" onClick={() => onVisit(entry)}>
              {entry.session?.seat}. {entry.patient?.name}
            </button>
          </li>
        ))}
      </ol>
      {free > 0 && (
        <Button onClick={onAdd}>
          <Plural value={free} one="Add somebody (# seat free)" other="Add somebody (# seats free)" />
        </Button>
      )}
    </div>
  )
}
