/** The day by which a correction is answered: marked once it has passed. */
import { Trans } from '@lingui/react/macro'
import { clinicNow } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { Tag } from '../../ui/lists.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'

export function DueOn({ day }: { day: string }) {
  const due = dateName(day, useLanguage())
  const { zone } = useClinic()
  return day < dayOf(new Date(clinicNow()).toISOString(), zone) ? (
    <Tag tone="warn">
      <Trans>Overdue since {due}</Trans>
    </Tag>
  ) : (
    <Tag>
      <Trans>Answer by {due}</Trans>
    </Tag>
  )
}
