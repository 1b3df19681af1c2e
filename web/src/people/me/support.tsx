/** What I need at every visit: kept once, seen by everybody who expects me. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { readMySupport, saveMySupport, type Support } from '../../../../server/people/contract.ts'
import { asking, call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { SupportFields } from '../support/support-fields.tsx'
import { OwnPage } from './own-page.tsx'

const mine = asking(readMySupport)

export function Screen() {
  const { t } = useLingui()
  return (
    <OwnPage
      title={t`What helps you at a visit`}
      lead={t`Say it once. Whoever expects you sees it before you come, and nobody else.`}
      asked={useQuery(mine)}
    >
      {(known) => <Form known={known} />}
    </OwnPage>
  )
}

function Form({ known }: { known: Support }) {
  const queries = useQueryClient()
  const [typed, type] = useState(known)
  const saving = useMutation({
    mutationFn: () => call(saveMySupport, { body: typed }),
    onSuccess: (said) => queries.setQueryData(mine.queryKey, said),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Card>
      <form onSubmit={submit}>
        <Stack>
          <SupportFields
            value={typed}
            onChange={(value) => {
              saving.reset()
              type(value)
            }}
          />
          <Refusal error={saving.error} />
          <BusyButton type="submit" busy={saving.isPending}>
            <Trans>Save</Trans>
          </BusyButton>
          <output>
            {saving.isSuccess && (
              <Notice tone="good">
                <p>
                  <Trans>Saved. We see it at each of your visits.</Trans>
                </p>
              </Notice>
            )}
          </output>
        </Stack>
      </form>
    </Card>
  )
}
