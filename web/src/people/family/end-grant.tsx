/** The button that ends what one may do for another, on either side, after a question. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { endProxy } from '../../../../server/people/proxies/contract.ts'
import { call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Refusal } from '../../ui/refusal.tsx'

interface EndGrantProps {
  id: string
  question: string
  /** Whose part it ends: 'End it: Kim Byron'. */
  name: string
}

/** Ends it, after a question; it cannot be taken back here. */
export function EndGrant({ id, question, name }: EndGrantProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [asks, ask] = useState(false)
  const ending = useMutation({
    mutationFn: () => call(endProxy, { path: { id }, body: {} }),
    onSuccess: async () => {
      ask(false)
      await queries.invalidateQueries()
    },
    onError: () => ask(false),
  })
  return (
    <>
      <Button size="sm" variant="default" onClick={() => ask(true)} aria-label={t`End it: ${name}`}>
        <Trans>End it</Trans>
      </Button>
      <Refusal error={ending.error} />
      <Confirm
        open={asks}
        danger
        title={question}
        yes={t`End it`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>It ends at once. To have it again, it must be given anew.</Trans>
        </p>
      </Confirm>
    </>
  )
}
