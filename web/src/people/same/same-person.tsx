/** Pairs of records that may be one patient, one at a time: what matches, what differs, and what to do; and what was merged. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decideMatch, listMatchReviews } from '../../../../server/people/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call, Refused } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Row, Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { ToSignIn } from '../me/own-page.tsx'
import { Compare } from './compare.tsx'
import { Merged } from './merged.tsx'
import css from './same.module.css'

type Review = Reply<typeof listMatchReviews>['reviews'][number]
export type Candidate = Review['candidates'][number]

export function Screen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(asking(listMatchReviews))
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  const pairs = (data?.reviews ?? []).flatMap((review) => review.candidates.map((candidate) => ({ review, candidate })))
  return (
    <Page
      width="wide"
      title={t`Same person?`}
      lead={t`Two records that may be one patient. You decide; nothing is merged by itself, and every merge can be undone.`}
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      <Stack>
        {data && pairs.length === 0 && (
          <Empty icon="check" title={t`Nobody is waiting`}>
            <Trans>When a guest looks like a patient we know, the pair stands here.</Trans>
          </Empty>
        )}
        {pairs.length > 0 && <Pairs pairs={pairs} />}
        <Merged />
      </Stack>
    </Page>
  )
}

interface Pair {
  review: Review
  candidate: Candidate
}

/** One at a time. N and P go on and back, S, D and L decide. */
function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [place, go] = useState(0)
  const [isSame, say] = useState(false)
  const at = Math.min(place, pairs.length - 1)
  const pair = pairs[at]
  const decide = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: 'different' | 'later' }) =>
      call(decideMatch, { path: { id }, body: { decision } }),
    onSuccess: () => queries.invalidateQueries(),
  })
  const turn = (by: number) => {
    say(false)
    decide.reset()
    go((at + by + pairs.length) % pairs.length)
  }
  const answer = (decision: 'different' | 'later') =>
    pair && !decide.isPending && decide.mutate({ id: pair.review.id, decision })
  useKeys({
    n: () => turn(1),
    p: () => turn(-1),
    s: () => say(true),
    d: () => answer('different'),
    l: () => answer('later'),
    Escape: () => say(false),
  })
  if (!pair) return null
  const { review, candidate } = pair
  return (
    <Card as="section" aria-labelledby="pair">
      <Row apart>
        <h2 id="pair" className={css.title}>
          <Plural value={pairs.length} one="# pair" other="# pairs" />
        </h2>
        {pairs.length > 1 && (
          <Row>
            <Button size="sm" variant="default" aria-keyshortcuts="P" onClick={() => turn(-1)}>
              <Trans>Previous (P)</Trans>
            </Button>
            <Button size="sm" variant="default" aria-keyshortcuts="N" onClick={() => turn(1)}>
              <Trans>Next (N)</Trans>
            </Button>
          </Row>
        )}
      </Row>
      <Compare
        key={`${review.id} ${candidate.id}`}
        known={candidate}
        guest={review.guest}
        isMerging={isSame}
        onDone={() => say(false)}
      />
      <Refusal error={decide.error} />
      {!isSame && (
        <Row>
          <Button aria-keyshortcuts="S" onClick={() => say(true)}>
            <Trans>Same person (S)</Trans>
          </Button>
          <Button variant="default" aria-keyshortcuts="D" onClick={() => answer('different')}>
            {review.candidates.length > 1 ? t`None of the ${review.candidates.length} (D)` : t`Different people (D)`}
          </Button>
          <Button variant="default" aria-keyshortcuts="L" onClick={() => answer('later')}>
            <Trans>Ask again tomorrow (L)</Trans>
          </Button>
        </Row>
      )}
    </Card>
  )
}
