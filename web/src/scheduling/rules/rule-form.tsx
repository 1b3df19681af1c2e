/** Writes a rule or a further version of one: what it says, where, from when, and what it would do. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import {
  changeRule,
  draftRule,
  previewRule,
  type RuleKind,
  type Version,
} from '../../../../server/scheduling/rules/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { LongTextField, SelectField, TextField } from '../../ui/field.tsx'
import { Row } from '../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'
import { Preview } from './preview.tsx'
import { draftOf, emptyDraft, settingsIn } from './rule-draft.ts'
import { kindNames, kinds, type Line, type Rules, type Scope } from './rule-words.ts'
import css from './rules.module.css'
import { SettingsFields } from './settings-fields.tsx'

interface FormProps {
  rules: Rules
  /** The rule that gets a further version; without one, a new rule is written. */
  of?: Line
  onKept: () => void
  onLeft: () => void
}

const everywhere: Scope = { placeId: null, clinicianId: null, visitTypeId: null }

export function RuleForm({ rules, of, onKept, onLeft }: FormProps) {
  const { t, i18n } = useLingui()
  const { zone } = useClinic()
  const problems = useProblems()
  const [kind, choose] = useState<RuleKind>(of?.kind ?? 'daily_cap')
  const [scope, place] = useState<Scope>(of?.scope ?? everywhere)
  const [standing, stand] = useState<Version['standing']>(of?.newest.standing ?? 'holds')
  const [draft, put] = useState(() => (of ? draftOf(of.newest.settings) : emptyDraft))
  const [fromDay, setFrom] = useState(() => dayOf(new Date(clinicNow()).toISOString(), zone))
  const [untilDay, setUntil] = useState('')
  const [why, say] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const settings = settingsIn(kind, draft) ?? null
  const said = { standing, settings, fromDay, untilDay: untilDay || null }
  const previewing = useMutation({ mutationFn: () => call(previewRule, { body: { kind, scope, ...said } }) })
  const keeping = useMutation({
    mutationFn: () =>
      of
        ? call(changeRule, { path: { id: of.id }, body: { version: of.version, ...said, why } })
        : call(draftRule, { body: { kind, scope, ...said, why } }, { idempotencyKey: key }),
    onSuccess: onKept,
  })
  const check = (withWhy: boolean) =>
    problems.report([
      ...(standing === 'holds' && !settings ? [{ field: 'rule-kind', text: t`Fill in what the rule says` }] : []),
      ...(fromDay ? [] : [{ field: 'rule-from', text: t`Choose the first day` }]),
      ...(withWhy && why.trim().length < 3 ? [{ field: 'rule-why', text: t`Say why, for whoever approves it` }] : []),
    ])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (check(true) && !keeping.isPending) keeping.mutate()
  }
  const named = (some: Rules['places'], all: string) => [
    { value: '', label: all },
    ...some.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      {!of && (
        <>
          <SelectField
            name="rule-kind"
            label={t`What it is about`}
            value={kind}
            onChange={(value) => {
              choose(kinds.find((one) => one === value) ?? kind)
              put(emptyDraft)
            }}
            options={kinds.map((value) => ({ value, label: i18n._(kindNames[value]) }))}
          />
          <SelectField
            name="rule-place"
            label={t`Place`}
            value={scope.placeId ?? ''}
            onChange={(id) => place({ ...scope, placeId: id || null })}
            options={named(rules.places, t`Every place`)}
          />
          <SelectField
            name="rule-visit"
            label={t`Kind of visit`}
            value={scope.visitTypeId ?? ''}
            onChange={(id) => place({ ...scope, visitTypeId: id || null })}
            options={named(rules.visitTypes, t`Every kind`)}
          />
          <SelectField
            name="rule-clinician"
            label={t`Clinician`}
            hint={t`The more specific rule wins: of a clinician, then of a kind of visit, then of a place.`}
            value={scope.clinicianId ?? ''}
            onChange={(id) => place({ ...scope, clinicianId: id || null })}
            options={named(rules.clinicians, t`Everybody`)}
          />
        </>
      )}
      <SelectField
        name="rule-standing"
        label={t`Does it hold?`}
        value={standing}
        onChange={(value) => stand(value === 'exempt' || value === 'ended' ? value : 'holds')}
        options={[
          { value: 'holds', label: t`Yes` },
          { value: 'exempt', label: t`No: an exception from the wider rule` },
          ...(of ? [{ value: 'ended', label: t`No: end this rule` }] : []),
        ]}
      />
      {standing !== 'ended' && (
        <SettingsFields kind={kind} draft={draft} onChange={put} visitTypes={rules.visitTypes} />
      )}
      <Row>
        <TextField
          name="rule-from"
          type="date"
          label={t`For visits from`}
          error={problems.of('rule-from')}
          value={fromDay}
          onChange={setFrom}
        />
        <TextField name="rule-until" type="date" label={t`Until`} optional value={untilDay} onChange={setUntil} />
      </Row>
      <LongTextField
        name="rule-why"
        label={t`Why`}
        hint={t`Whoever approves it reads this. Name no patient.`}
        error={problems.of('rule-why')}
        maxLength={500}
        value={why}
        onChange={say}
      />
      {previewing.data && <Preview told={previewing.data} />}
      <Refusal error={previewing.error ?? keeping.error} />
      <Row>
        <BusyButton
          type="button"
          variant="default"
          busy={previewing.isPending}
          onClick={() => check(false) && previewing.mutate()}
        >
          <Trans>See what it would do</Trans>
        </BusyButton>
        <BusyButton type="submit" busy={keeping.isPending}>
          <Trans>Keep as a draft</Trans>
        </BusyButton>
        <Button variant="subtle" onClick={onLeft}>
          <Trans>Leave it</Trans>
        </Button>
      </Row>
    </form>
  )
}
