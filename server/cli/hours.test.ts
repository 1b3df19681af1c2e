import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openClinic } from '../testing/clinic.ts'
import { openWorld, sql } from '../testing/world.ts'
import { importHoursFile } from './hours.ts'

const world = await openWorld()
const clinic = await openClinic(world)
const folder = mkdtempSync(join(tmpdir(), 'hours-'))
after(async () => {
  rmSync(folder, { recursive: true })
  await world[Symbol.asyncDispose]()
})
const head = 'clinician,place,weekday,from,until,valid_from,valid_until'
let shares: number[] = []
function take(lines: readonly string[], whole = false) {
  const path = join(folder, 'hours.csv')
  writeFileSync(path, [head, ...lines].join('\r\n'))
  shares = []
  const onProgress = (done: number, of: number) => void shares.push(done / of)
  return importHoursFile(world, world.organizationId, path, { whole, onProgress })
}
const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
const rules = (practitionerId: string) =>
  world.write((tx) =>
    tx.selectFrom('scheduling.weeklyRule').where('practitionerId', '=', practitionerId).selectAll().execute(),
  )

test('of 10,000 lines the three broken ones are named by line and reason, and the others are in; again changes nothing', async () => {
  const { organizationId } = world
  const count = 100
  const npi = (at: number) => String(1_000_000_000 + at)
  await world.write(async (tx) => {
    await sql`
      with made as (
        insert into directory.practitioner (organization_id, npi, given_name, family_name, search_name)
        select ${organizationId}::uuid, (1000000000 + n)::text, 'Kim', 'Byron', 'kim byron' from generate_series(0, ${count - 1}::int) n
        returning id)
      insert into directory.practitioner_role (organization_id, practitioner_id, location_id)
      select ${organizationId}::uuid, id, ${clinic.places.boston}::uuid from made`.execute(tx)
  })
  // Five days, twenty parts of a day each.
  const starts = Array.from({ length: 20 }, (_, part) => 480 + part * 30)
  const lines = Array.from({ length: count }, (_, who) =>
    ['mon', 'Tuesday', '3', 'thu', 'Friday'].flatMap((day) =>
      starts.map((start) => `${npi(who)},"River Street",${day},${clock(start)},${clock(start + 20)},2027-01-04,`),
    ),
  ).flat()
  assert.equal(lines.length, 10_000)
  lines[17] = `${npi(0)},River Street,someday,14:00,15:30,2027-01-04,`
  lines[4_321] = `9999999999,River Street,mon,8:00,9:30,2027-01-04,`
  lines[9_998] = `${npi(99)},River Street,Friday,17:00,16:00,2027-01-04,`
  const first = await take(lines)
  assert.deepEqual(first.lines, [
    "line 19: 'someday' is no weekday: write monday to sunday, or 1 to 7",
    "line 4323: knows no clinician '9999999999'",
    'line 10000: ends before it begins',
    '9997 added, 0 as they were; 3 lines are broken.',
  ])
  assert.equal(first.isWhole, false)
  assert.equal(shares.length, count)
  assert.equal(shares.at(-1), 1)
  const again = await take(lines)
  assert.equal(again.lines.at(-1), '0 added, 9997 as they were; 3 lines are broken.')
  const { total } = await world.write((tx) =>
    tx
      .selectFrom('scheduling.weeklyRule')
      .where('validFrom', '=', Temporal.PlainDate.from('2027-01-04'))
      .select((of) => of.fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow(),
  )
  assert.equal(Number(total), 9_997)
})

test('all or nothing leaves nothing of a file with a broken line; hours that overlap are named; what is new opens at once', async () => {
  const { osei, rivera } = clinic
  const before = await rules(osei.id)
  const saturday = `${osei.id},River Street,saturday,09:00,12:00,2026-12-05,2026-12-31`
  const lines = [
    saturday,
    `${osei.id},River Street,saturday,11:00,13:00,2026-12-12,`,
    `${osei.id},River Street,monday,16:00,18:00,2026-12-01,`,
    `${rivera.id},River Street,saturday,09:00,12:00,2026-12-05,`,
    `"${rivera.id},Mile High,saturday,09:00,12:00,2026-12-05,`,
    `${rivera.id},Mile High,saturday,09:00,12:00,2026-02-30,`,
  ]
  const whole = await take(lines, true)
  assert.equal(whole.lines.at(-1), 'Nothing was taken in; 3 lines are broken.')
  assert.deepEqual(await rules(osei.id), before)
  const overlapping = await take(lines.slice(0, 2), true)
  assert.deepEqual(overlapping.lines, ['line 3: overlaps line 2', 'Nothing was taken in; 1 line is broken.'])
  assert.deepEqual(await rules(osei.id), before)

  const { lines: said } = await take(lines)
  assert.deepEqual(said, [
    'line 3: overlaps line 2',
    'line 4: overlaps hours that the clinician has',
    "line 5: the clinician does not work at 'River Street'",
    'line 6: a quote is not closed',
    "line 7: '2026-02-30' is no day: write it as 2027-01-31",
    '1 added, 0 as they were; 5 lines are broken.',
  ])
  const { body } = await world.ask('GET', `/api/scheduling/offerings/${osei.office}/openings?from=2026-12-05&days=1`)
  assert.equal(body['days'][0].openings[0], '2026-12-05T14:00:00Z')
  await assert.rejects(
    take([]).then(() => importHoursFile(world, world.organizationId, undefined, { whole: false, onProgress() {} })),
    /which file/,
  )
})
