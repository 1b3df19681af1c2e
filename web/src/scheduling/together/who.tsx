/** Who comes, in which order, and whether one after the other or at the same time. */
import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent } from 'react'
import { BusyButton } from '../../ui/busy-button.tsx'
import { CheckField, ChoiceField, Fieldset } from '../../ui/fieldset.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { Offered } from './offered.tsx'
import type { Together } from './together.tsx'
import css from '../book/book.module.css'
import own from './together.module.css'

export function Who({ offered, family, coming, draft, put, go }: Together) {
  const { t } = useLingui()
  const problems = useProblems()
  const chosen = new Set(coming.map(({ patientId }) => patientId))
  const toggle = (patientId: string, comes: boolean) =>
    put({
      who: comes ? [...coming.map((one) => one.patientId), patientId] : draft.who.filter((id) => id !== patientId),
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(chosen.size < 2 ? [{ field: 'who', text: t`Choose at least two people` }] : [])) go('time')
  }
  return (
    <Page
      title={t`Who is coming?`}
      above={<StepHeader at={1} of={3} back={{ to: '/clinicians/$id', params: { id: offered.clinician.id } }} />}
    >
      <Offered offered={offered} />
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Fieldset
          name="who"
          label={t`Choose everybody who needs this visit`}
          hint={t`They are seen in the order in which you choose them.`}
          error={problems.of('who')}
        >
          <div className={own.choices}>
            {family.map(({ patientId, name, isSelf }, at) => (
              <CheckField
                key={patientId}
                name={at === 0 ? 'who' : `who-${patientId}`}
                label={isSelf ? t`${name} (you)` : name}
                checked={chosen.has(patientId)}
                onChange={(comes) => toggle(patientId, comes)}
              />
            ))}
          </div>
        </Fieldset>
        <ChoiceField
          name="side"
          label={t`How do you want to be seen?`}
          value={draft.side}
          onChange={(side) => put({ side })}
          options={[
            {
              value: 'adjacent',
              label: t`One after the other`,
              hint: t`All with ${offered.clinician.name}, with no wait between.`,
            },
            { value: 'parallel', label: t`At the same time`, hint: t`With several clinicians of the same place.` },
          ]}
        />
        <BusyButton type="submit" busy={false}>
          <Trans>See times for {chosen.size}</Trans>
        </BusyButton>
      </form>
    </Page>
  )
}
