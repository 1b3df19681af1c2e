/** demo */
import { Button, Stack, Group } from '@mantine/core'
import { FrontPage } from '../../ui/page.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField, SelectField } from '../../ui/field.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
export function Screen() {
  const p = useProblems()
  return (
    <FrontPage title="Find care that fits you" lead="Say it in your own words. No account, no password."
      top={<Card as="form" onSubmit={e => { e.preventDefault(); p.report([{ field: 'q', text: 'Enter what it is about' }]) }}><ProblemSummary {...p} />
        <Stack gap="lg"><TextField name="q" label="What is it about?" hint="For example: sore throat, heart doctor, Dr. Nguyen" icon="search" error={p.of('q')} value="" onChange={() => {}} />
        <Group grow align="end"><TextField name="near" label="Near" optional icon="place" value="" onChange={() => {}} /><SelectField name="plan" label="Insurance" value="" onChange={() => {}} options={[{ value: '', label: 'Not sure, or none' }]} /></Group>
        <Group><Button type="submit">Find care</Button></Group></Stack></Card>}>
      <h2>Common reasons</h2><Group>{['Check-up', 'Sore throat', 'Back pain', 'Feeling low', 'Child vaccine'].map(r => <Button key={r} variant="default">{r}</Button>)}</Group>
    </FrontPage>
  )
}
