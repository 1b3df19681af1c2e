/** Lets somebody act for a patient, on evidence that was seen: a link for them, and a code to their contact. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { giveProxy } from '../../../../../server/people/proxies/contract.ts'
import type { Asked } from '../../../../../server/platform/endpoint.ts'
import { call } from '../../../call.ts'
import { allScopes, basisWords, type Scope } from '../../../people/family/scope-words.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { readContact } from '../../../ui/contact.ts'
import { LongTextField, SelectField, TextField } from '../../../ui/field.tsx'
import { PhoneOrEmail } from '../../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import css from '../desk.module.css'
import { LinkOnce } from './link-once.tsx'
import { endOfDay, ScopeField, UntilField } from './scope-field.tsx'

type Basis = Asked<typeof giveProxy>['body']['basis']
const bases: readonly Basis[] = ['parent', 'guardian', 'attorney', 'chosen']

interface Typed {
  name: string
  contact: string
  basis: Basis
  scopes: readonly Scope[]
  evidence: string
  until: string
}

export function GiveProxy({ patientId, onGiven }: { patientId: string; onGiven: () => void }) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const [typed, type] = useState<Typed>({
    name: '',
    contact: '',
    basis: 'parent',
    scopes: allScopes,
    evidence: '',
    until: '',
  })
  const put = (some: Partial<Typed>) => type({ ...typed, ...some })
  const giving = useMutation({
    mutationFn: async () => {
      const contact = readContact(typed.contact)
      if (!contact) return undefined
      const { name, basis, scopes, evidence, until } = typed
      const body = {
        name: name.trim(),
        contact,
        basis,
        scopes: [...scopes],
        evidence: evidence.trim(),
        ...(until && { until: endOfDay(until) }),
      }
      return call(giveProxy, { path: { id: patientId }, body })
    },
    onSuccess: onGiven,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(typed.name.trim() === '' ? [{ field: 'proxy-name', text: t`Enter their name` }] : []),
      ...(readContact(typed.contact) ? [] : [{ field: 'proxy-contact', text: t`Enter a phone number or an email` }]),
      ...(typed.scopes.length === 0 ? [{ field: 'proxy-book', text: t`Choose what they may do` }] : []),
      ...(typed.evidence.trim() === '' ? [{ field: 'proxy-evidence', text: t`Say which paper you saw` }] : []),
    ]
    if (problems.report(found)) giving.mutate()
  }
  if (giving.data)
    return (
      <LinkOnce url={giving.data.url} label={t`Link to act for the patient`}>
        <Trans>
          Give it to them: it works once, for seven days, and is shown only now. A code goes to {giving.data.sentTo}.
        </Trans>
      </LinkOnce>
    )
  return (
    <form onSubmit={submit} noValidate className={css.stack}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <TextField
        name="proxy-name"
        label={t`Their name`}
        value={typed.name}
        onChange={(name) => put({ name })}
        error={problems.of('proxy-name')}
        maxLength={100}
        autoComplete="off"
      />
      <PhoneOrEmail
        name="proxy-contact"
        label={t`Their mobile phone or email`}
        hint={t`We send them a code to it when they open the link. Nobody else can use it.`}
        value={typed.contact}
        onChange={(contact) => put({ contact })}
        error={problems.of('proxy-contact')}
      />
      <SelectField
        name="proxy-basis"
        label={t`They act`}
        value={typed.basis}
        options={bases.map((value) => ({ value, label: i18n._(basisWords[value]) }))}
        onChange={(value) => put({ basis: bases.find((one) => one === value) ?? typed.basis })}
      />
      <ScopeField
        name="proxy-book"
        scopes={typed.scopes}
        onChange={(scopes) => put({ scopes })}
        error={problems.of('proxy-book')}
      />
      <UntilField name="proxy-until" value={typed.until} onChange={(until) => put({ until })} />
      <LongTextField
        name="proxy-evidence"
        label={t`Which paper did you see?`}
        value={typed.evidence}
        onChange={(evidence) => put({ evidence })}
        error={problems.of('proxy-evidence')}
        maxLength={500}
      />
      <Refusal error={giving.error} />
      <BusyButton type="submit" busy={giving.isPending}>
        <Trans>Make the link</Trans>
      </BusyButton>
    </form>
  )
}
