/** Lets somebody act for a patient, on evidence that was seen: a link for them, and a code to their contact. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { giveProxy } from '../../../../../server/people/proxies/contract.ts'
import type { Asked } from '../../../../../server/platform/endpoint.ts'
import { call } from '../../../call.ts'
import { allScopes, basisWords, scopeWords, type Scope } from '../../../people/family/scope-words.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { readContact } from '../../../ui/contact.ts'
import { LongTextField, SelectField, TextField } from '../../../ui/field.tsx'
import { CheckField, Fieldset } from '../../../ui/fieldset.tsx'
import { PhoneOrEmail } from '../../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import css from '../desk.module.css'
import { LinkOnce } from './link-once.tsx'

type Basis = Asked<typeof giveProxy>['body']['basis']
const bases: readonly Basis[] = ['parent', 'guardian', 'attorney', 'chosen']

interface Typed {
  name: string
  contact: string
  basis: Basis
  scopes: readonly Scope[]
  evidence: string
}

export function GiveProxy({ patientId, onGiven }: { patientId: string; onGiven: () => void }) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const [typed, type] = useState<Typed>({ name: '', contact: '', basis: 'parent', scopes: allScopes, evidence: '' })
  const put = (some: Partial<Typed>) => type({ ...typed, ...some })
  const giving = useMutation({
    mutationFn: async () => {
      const contact = readContact(typed.contact)
      if (!contact) return undefined
      const { name, basis, scopes, evidence } = typed
      const body = { name: name.trim(), contact, basis, scopes: [...scopes], evidence: evidence.trim() }
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
      <Fieldset name="proxy-scopes" label={t`They may`} error={problems.of('proxy-book')}>
        {allScopes.map((scope) => (
          <CheckField
            key={scope}
            name={`proxy-${scope}`}
            label={i18n._(scopeWords[scope])}
            checked={typed.scopes.includes(scope)}
            onChange={(isOn) =>
              put({ scopes: allScopes.filter((one) => (one === scope ? isOn : typed.scopes.includes(one))) })
            }
          />
        ))}
      </Fieldset>
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
