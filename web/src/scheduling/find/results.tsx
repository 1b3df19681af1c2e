/** demo */
import { Group, Stack } from '@mantine/core'
import { Page } from '../../ui/page.tsx'
import { Card } from '../../ui/card.tsx'
import { Initials } from '../../ui/initials.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { FactList, NumberedList, Tag, TickList } from '../../ui/lists.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Refused } from '../../call.ts'
const times = ['2026-11-24T14:30:00Z', '2026-11-24T15:00:00Z', '2026-11-25T19:00:00Z']
export function Screen() {
  return (
    <Page width="wide" title="12 clinicians with open times" lead="For “sore throat” near 02139, soonest first.">
      <Stack gap="lg">
        {['Dr. Lan Nguyen, MD', 'Dr. Ada Okafor, DO', 'Rui Gonçalves, NP'].map((name, i) => (
          <Card as="article" key={name} aria-labelledby={`n${i}`}>
            <Group align="start" wrap="nowrap"><Initials id={name} initials={name.split(' ').slice(-3, -1).map(w => w[0]).join('')} />
              <div><h2 id={`n${i}`} style={{ margin: 0, fontSize: '1.25rem' }}>{name}</h2>Family medicine · Riverside Clinic, Cambridge<br /><Tag tone="good">Takes new patients</Tag> <Tag>Video</Tag> <Tag tone="warn">Plan not checked</Tag></div></Group>
            <div style={{ marginTop: 16 }}><TimeGrid times={times} zone="America/New_York" label={`Times with ${name}`} withDay {...(i === 0 ? { picked: times[1], onPick: () => {} } : { linkOf: (at: string) => ({ to: '/book', search: { at } }) })} /></div>
          </Card>
        ))}
        <Card><FactList facts={[{ name: 'When', icon: 'calendar', value: <ClinicTime at={times[0]!} zone="America/New_York" /> }, { name: 'Where', icon: 'place', value: 'Riverside Clinic, 12 Main St' }]} /></Card>
        <Card><NumberedList items={['Come ten minutes early.', 'Say your name at the desk.']} /><br /><TickList items={['Photo ID', 'Insurance card']} /></Card>
        <Refusal error={new Refused(409, 'slot_taken', 'x')} onAgain={() => {}} />
        <Empty title="Nobody has time in that week">Look one week later: 14 clinicians.</Empty>
        <Loading cards={1} />
      </Stack>
    </Page>
  )
}
