/** Says that the clinic runs a service itself, so that no outside company is told anything. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ownVendor } from '../../../server/partners/contract.ts'
import { call } from '../call.ts'
import css from '../people/staff/staff.module.css'
import { BusyButton } from '../ui/busy-button.tsx'
import { Button } from '../ui/button.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextField } from '../ui/field.tsx'
import { Row } from '../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import type { Service } from './vendor-words.ts'

interface OwnFormProps {
  service: Service['service']
  onSaid: () => Promise<void>
  onLeft: () => void
}

export function OwnForm({ service, onSaid, onLeft }: OwnFormProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const { draft, put, clear } = useDraft(`own-${service}`, { name: '' })
  const field = `own-name-${service}`
  const saying = useMutation({
    mutationFn: () => call(ownVendor, { body: { service, name: draft.name.trim() } }),
    onSuccess: async () => {
      await onSaid()
      clear()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = draft.name.trim() === '' ? [{ field, text: t`Enter what you call the system` }] : []
    if (problems.report(found) && !saying.isPending) saying.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={`${css.form} ${css.change}`}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={saying.error} />
      <TextField
        name={field}
        label={t`What do you call the system?`}
        hint={t`Only for a system that your clinic runs itself, such as its own mail server: no other company may see into it.`}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={problems.of(field)}
        maxLength={200}
      />
      <Row>
        <BusyButton type="submit" busy={saying.isPending}>
          <Trans>It is ours</Trans>
        </BusyButton>
        <Button variant="default" onClick={onLeft}>
          <Trans>Not now</Trans>
        </Button>
      </Row>
    </form>
  )
}
