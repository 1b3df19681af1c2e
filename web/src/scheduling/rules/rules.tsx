/** The rules of what may be booked when: what holds and where it comes from, what waits for a colleague, and a new one. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listRules } from '../../../../server/scheduling/rules/contract.ts'
import { asking, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { RuleCard } from './rule-card.tsx'
import { RuleForm } from './rule-form.tsx'
import type { Line, Rules } from './rule-words.ts'
import css from './rules.module.css'
import { useMay } from './use-may.ts'

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listRules))
  const { data, error, refetch } = asked
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Booking rules`}
      lead={t`What may be booked when. A change is proposed by one and approved by another; it cancels no visit.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      {data && <Found rules={data} refresh={() => refetch()} />}
    </Page>
  )
}

/** The widest first; of a clinician, a kind of visit or a place those that are about it, wherever they come from. */
function Found({ rules, refresh }: { rules: Rules; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const [about, ask] = useState('')
  const [adding, add] = useState(false)
  const changes = useMay()
  const isAbout = ({ scope }: Line) =>
    about === '' ||
    [scope.placeId, scope.clinicianId, scope.visitTypeId].includes(about) ||
    (scope.placeId === null && scope.clinicianId === null && scope.visitTypeId === null)
  const waiting = (line: Line) => (line.newest.state === 'proposed' ? 0 : 1)
  const lines = rules.rules.filter(isAbout).toSorted((a, b) => waiting(a) - waiting(b))
  const group = (name: string, some: Rules['places']) => ({
    group: name,
    items: some.map((one) => ({ value: one.id, label: one.name })),
  })
  return (
    <Stack>
      {changes && !adding && (
        <div>
          <Button onClick={() => add(true)}>
            <Trans>Write a rule</Trans>
          </Button>
        </div>
      )}
      {adding && (
        <Card as="section" aria-labelledby="new-rule">
          <h2 id="new-rule">
            <Trans>A new rule</Trans>
          </h2>
          <RuleForm
            rules={rules}
            onKept={() => {
              void refresh()
              add(false)
            }}
            onLeft={() => add(false)}
          />
        </Card>
      )}
      <div className={css.filter}>
        <SelectField
          name="rules-about"
          label={t`Rules about`}
          value={about}
          onChange={ask}
          options={[
            { value: '', label: t`Everything` },
            group(t`Places`, rules.places),
            group(t`Kinds of visit`, rules.visitTypes),
            group(t`Clinicians`, rules.clinicians),
          ]}
        />
      </div>
      {lines.length === 0 ? (
        <Empty icon="check" title={t`There is no rule here`}>
          <Trans>Visits are booked as their offers and hours say.</Trans>
        </Empty>
      ) : (
        <ul className={css.list}>
          {lines.map((line) => (
            <RuleCard key={line.id} line={line} rules={rules} refresh={refresh} />
          ))}
        </ul>
      )}
    </Stack>
  )
}
