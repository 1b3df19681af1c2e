/** A system that is told from now on: what it is called, where it listens, of what it hears. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { createWebhook } from '../../../../server/fhir/webhooks/contract.ts'
import { call } from '../../call.ts'
import css from '../../people/staff/staff.module.css'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { CheckField, Fieldset } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Secret } from './secret-shown.tsx'
import { events, eventWords, type Event } from './webhook-words.ts'

export function AddWebhook({ onAdded, onLeft }: { onAdded: (secret: Secret) => void; onLeft: () => void }) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const [typed, type] = useState({ name: '', url: '' })
  const [heard, hear] = useState<readonly Event[]>(events)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const [name, url] = [typed.name.trim(), typed.url.trim()]
  const adding = useMutation({
    networkMode: 'always',
    mutationFn: () => call(createWebhook, { body: { name, url, events: [...heard] } }),
    onSuccess: ({ secret }) => onAdded({ name, secret }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(name === '' ? [{ field: 'webhook-name', text: t`Enter what the system is called` }] : []),
      ...(URL.canParse(url)
        ? []
        : [{ field: 'webhook-url', text: t`Enter the address, such as https://crm.example.com/visits` }]),
      ...(heard.length === 0 ? [{ field: `hears-${events[0]}`, text: t`Choose at least one event` }] : []),
    ]
    if (problems.report(found) && !adding.isPending) adding.mutate()
  }
  return (
    <Card as="section" aria-labelledby="add-webhook">
      <h2 id="add-webhook" ref={title} tabIndex={-1} data-quiet-focus="" className={css.title}>
        <Trans>Add a webhook</Trans>
      </h2>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={adding.error} />
        <TextField
          name="webhook-name"
          label={t`What the system is called`}
          value={typed.name}
          onChange={(value) => type({ ...typed, name: value })}
          error={problems.of('webhook-name')}
          maxLength={100}
          autoComplete="off"
        />
        <TextField
          name="webhook-url"
          label={t`Where it listens`}
          hint={t`An address that begins with https://, outside this network`}
          value={typed.url}
          onChange={(value) => type({ ...typed, url: value })}
          error={problems.of('webhook-url')}
          maxLength={1000}
          inputMode="url"
          autoComplete="off"
        />
        <Fieldset name="hears" label={t`What it is told`} error={problems.of(`hears-${events[0]}`)}>
          <div className={css.checks}>
            {events.map((event) => (
              <CheckField
                key={event}
                name={`hears-${event}`}
                label={eventWords[event] ? i18n._(eventWords[event]) : event}
                checked={heard.includes(event)}
                onChange={(held) => hear(events.filter((one) => (one === event ? held : heard.includes(one))))}
              />
            ))}
          </div>
        </Fieldset>
        <Row>
          <BusyButton type="submit" busy={adding.isPending}>
            <Trans>Add it and show the secret</Trans>
          </BusyButton>
          <Button variant="default" onClick={onLeft}>
            <Trans>Not now</Trans>
          </Button>
        </Row>
      </form>
    </Card>
  )
}
