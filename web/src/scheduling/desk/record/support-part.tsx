/** What the patient needs at every visit, as they told the desk. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Support } from '../../../../../server/people/contract.ts'
import { saveSupport } from '../../../../../server/scheduling/contract.ts'
import { call } from '../../../call.ts'
import { SupportFields } from '../../../people/support/support-fields.tsx'
import { hasSupport, useSupportWords } from '../../../people/support/words.ts'
import { Tag } from '../../../ui/lists.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import css from '../desk.module.css'

export function SupportPart({ patientId, support }: { patientId: string; support: Support }) {
  const [changing, change] = useState(false)
  return (
    <section aria-labelledby="record-support" className={css.stack}>
      <h3 id="record-support">
        <Trans>Needs at a visit</Trans>
      </h3>
      {changing ? (
        <Change patientId={patientId} support={support} onDone={() => change(false)} />
      ) : (
        <>
          {hasSupport(support) ? (
            <SupportTags support={support} />
          ) : (
            <p className={css.quiet}>
              <Trans>Nothing was said.</Trans>
            </p>
          )}
          <Button variant="default" onClick={() => change(true)}>
            <Trans>Change what they need</Trans>
          </Button>
        </>
      )}
    </section>
  )
}

/** One after the other, to be taken in at a glance. */
export function SupportTags({ support }: { support: Support }) {
  const { t } = useLingui()
  const words = useSupportWords()(support)
  return (
    <ul className={css.tags} aria-label={t`Needs at a visit`}>
      {words.map((one) => (
        <li key={one}>
          <Tag tone="warn">{one}</Tag>
        </li>
      ))}
    </ul>
  )
}

function Change({ patientId, support, onDone }: { patientId: string; support: Support; onDone: () => void }) {
  const queries = useQueryClient()
  const [typed, type] = useState(support)
  const saving = useMutation({
    mutationFn: () => call(saveSupport, { path: { id: patientId }, body: typed }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone()
    },
  })
  return (
    <>
      <SupportFields value={typed} onChange={type} />
      <Refusal error={saving.error} />
      <Button loading={saving.isPending} onClick={() => saving.mutate()}>
        <Trans>Save</Trans>
      </Button>
    </>
  )
}
