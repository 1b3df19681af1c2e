/** demo */
import { useState } from 'react'
import { Button, Stack, Group } from '@mantine/core'
import { Page } from '../../ui/page.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField, SelectField, LongTextField } from '../../ui/field.tsx'
import { ChoiceField, CheckField } from '../../ui/fieldset.tsx'
import { DateOfBirth } from '../../ui/date-of-birth.tsx'
import { emptyDate } from '../../ui/birth-date.ts'
import { PhoneOrEmail } from '../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Notice } from '../../ui/notice.tsx'
import { clinicNow } from '../../call.ts'

export function Screen() {
  const p = useProblems()
  const [v, set] = useState({ q: '', near: '', plan: '', day: '', dob: emptyDate, c: '', who: '' as '' | 'me' | 'child', ok: false, why: '' })
  const [ask, setAsk] = useState(false)
  const [until] = useState(() => new Date(clinicNow() + 125_000).toISOString())
  const put = (x: Partial<typeof v>) => set({ ...v, ...x })
  return (
    <Page title="Find care that fits you" lead="Say it in your own words. No account, no password." above={<StepHeader at={2} of={4} back={{ to: '/find' }} />}>
      <ProblemSummary {...p} />
      <Stack gap="lg">
      <Countdown until={until} onEnd={() => {}} />
      <Card as="form" onSubmit={e => { e.preventDefault(); p.report([{ field: 'q', text: 'Enter what it is about' }, { field: 'dob-year', text: 'Check the date of birth' }]) }}>
        <Stack gap="lg">
          <TextField name="q" label="What is it about?" hint="For example: sore throat, heart doctor, Dr. Nguyen" error={p.of('q')} value={v.q} onChange={q => put({ q })} icon="search" />
          <TextField name="near" label="Near" optional value={v.near} onChange={near => put({ near })} placeholder="94110" />
          <SelectField name="plan" label="Insurance plan" value={v.plan} onChange={plan => put({ plan })} options={[{ value: '', label: 'Not sure, or no insurance' }, { group: 'Aetna', items: [{ value: 'a', label: 'Aetna HMO' }] }]} />
          <TextField type="date" name="day" label="From" value={v.day} onChange={day => put({ day })} />
          <DateOfBirth name="dob" label="Date of birth" hint="For example: 2 1 1980" error={p.of('dob-year')} wrong="year" value={v.dob} onChange={dob => put({ dob })} />
          <PhoneOrEmail name="c" value={v.c} onChange={c => put({ c })} />
          <ChoiceField name="who" label="Who is it for?" inline value={v.who} onChange={who => put({ who })} options={[{ value: 'me', label: 'Me' }, { value: 'child', label: 'My child', hint: 'Under 18' }]} />
          <LongTextField name="why" label="Anything else" optional maxLength={500} value={v.why} onChange={why => put({ why })} />
          <CheckField name="ok" label="I am a new patient" checked={v.ok} onChange={ok => put({ ok })} />
          <Group><Button type="submit">Find care</Button><Button variant="default" onClick={() => setAsk(true)}>Cancel visit</Button><Button variant="light">Light</Button></Group>
        </Stack>
      </Card>
      <Notice tone="good" title="Booked">See you on Tuesday.</Notice>
      <Notice tone="warn" title="Call first">Too late to change online.</Notice>
      </Stack>
      <Confirm open={ask} title="Cancel this visit?" yes="Cancel the visit" no="Keep it" danger onYes={() => setAsk(false)} onNo={() => setAsk(false)}>The time becomes free for others at once.</Confirm>
    </Page>
  )
}
