/** A small clinic for tests: three clinicians in two time zones, with visit types, hours and networks. */
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { defineVisitType, offerVisit, reindexAll, relist, setWeeklyHours } from '../scheduling/index.ts'
import type { World } from './world.ts'

/** Mondays to Fridays, 9 to 12 and 13 to 17, in the wall-clock time of the place. */
const officeHours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, fromMinute: 9 * 60, untilMinute: 12 * 60 },
  { weekday, fromMinute: 13 * 60, untilMinute: 17 * 60 },
])

const boston = {
  name: 'River Street',
  city: 'Boston',
  state: 'MA',
  postcode: '02110',
  latitude: 42.357,
  longitude: -71.0508,
  zone: 'America/New_York',
}
const denver = {
  name: 'Mile High',
  city: 'Denver',
  state: 'CO',
  postcode: '80202',
  latitude: 39.7526,
  longitude: -104.9985,
  zone: 'America/Denver',
}

/** A world, or as much of one as a clinic needs. */
export type Founded = Pick<World, 'organizationId' | 'write' | 'now'>

export type Clinic = Awaited<ReturnType<typeof openClinic>>

/** Dr. Lan Nguyen (family, Boston; English, Vietnamese), Dr. Omar Osei (heart, Boston; English), Dr. Paz Rivera (children, Denver; English, Spanish). */
export async function openClinic(world: Founded) {
  const { organizationId } = world
  return world.write(async (tx) => {
    const types = {
      office: await defineVisitType(tx, organizationId, {
        code: 'office-visit',
        name: { en: 'Office visit', es: 'Consulta' },
        bring: { en: ['Your medicines'], es: ['Sus medicinas'] },
        prepare: { en: ['Come 10 minutes early'], es: ['Llegue 10 minutos antes'] },
        position: 1,
      }),
      first: await defineVisitType(tx, organizationId, {
        code: 'new-patient',
        name: { en: 'First visit', es: 'Primera visita' },
        position: 2,
      }),
      video: await defineVisitType(tx, organizationId, {
        code: 'video-visit',
        name: { en: 'Video visit', es: 'Visita por video' },
        position: 3,
      }),
    }
    const places = { boston: await place(tx, organizationId, boston), denver: await place(tx, organizationId, denver) }
    const network = newId()
    const payer = newId()
    const plan = newId()
    await tx.insertInto('coverage.payer').values({ organizationId, id: payer, name: 'Bay Mutual' }).execute()
    await tx
      .insertInto('coverage.network')
      .values({ organizationId, id: network, payerId: payer, name: 'Bay network' })
      .execute()
    await tx
      .insertInto('coverage.plan')
      .values({ organizationId, id: plan, payerId: payer, name: 'Bay Choice' })
      .execute()
    await tx.insertInto('coverage.planNetwork').values({ organizationId, planId: plan, networkId: network }).execute()
    const setUp = { tx, world, types }
    const nguyen = await employ(setUp, {
      givenName: 'Lan',
      familyName: 'Nguyen',
      gender: 'female',
      languages: ['en', 'vi'],
      specialty: '207Q00000X',
      locationId: places.boston,
      video: true,
    })
    const osei = await employ(setUp, {
      givenName: 'Omar',
      familyName: 'Osei',
      gender: 'male',
      languages: ['en'],
      specialty: '207RC0000X',
      locationId: places.boston,
    })
    const rivera = await employ(setUp, {
      givenName: 'Paz',
      familyName: 'Rivera',
      gender: 'female',
      languages: ['en', 'es'],
      specialty: '208000000X',
      locationId: places.denver,
      maxAgeYears: 21,
    })
    await tx
      .insertInto('coverage.participation')
      .values({
        organizationId,
        practitionerRoleId: nguyen.roleId,
        networkId: network,
        source: 'payer_directory',
        knownOn: Temporal.PlainDate.from('2026-11-10'),
      })
      .execute()
    await relist(tx, organizationId)
    for (const { id } of [nguyen, osei, rivera]) await reindexAll(tx, organizationId, id, world.now())
    return { types, places, plan, network, payer, nguyen, osei, rivera }
  })
}

interface Hired {
  givenName: string
  familyName: string
  gender: 'female' | 'male'
  languages: string[]
  specialty: string
  locationId: string
  video?: boolean
  maxAgeYears?: number
}

type SetUp = { tx: Tx; world: Founded; types: { office: string; first: string; video: string } }

async function employ({ tx, world, types }: SetUp, hired: Hired) {
  const { organizationId } = world
  const { givenName, familyName, gender, languages, specialty, locationId, video = false, maxAgeYears = 130 } = hired
  const id = newId()
  const searchName = `${givenName} ${familyName}`.toLowerCase()
  await tx
    .insertInto('directory.practitioner')
    .values({ organizationId, id, givenName, familyName, prefix: 'Dr.', searchName, gender, languages })
    .execute()
  await tx
    .insertInto('directory.practitionerWord')
    .values(searchName.split(' ').map((word) => ({ organizationId, word, practitionerId: id })))
    .execute()
  const roleId = newId()
  await tx
    .insertInto('directory.practitionerRole')
    .values({
      organizationId,
      id: roleId,
      practitionerId: id,
      locationId,
      specialties: [specialty],
      video,
      maxAgeYears,
    })
    .execute()
  await setWeeklyHours(
    tx,
    organizationId,
    { practitionerId: id, locationId, validFrom: Temporal.PlainDate.from('2026-01-01') },
    officeHours,
  )
  const offer = (visitTypeId: string, minutes: number, more: object = {}) =>
    offerVisit(tx, organizationId, {
      practitionerRoleId: roleId,
      visitTypeId,
      minutes,
      stepMinutes: minutes,
      minNoticeMinutes: 60,
      ...more,
    })
  const offerings = {
    office: await offer(types.office, 30),
    first: await offer(types.first, 60, { forPatients: 'new', stepMinutes: 30 }),
    video: video ? await offer(types.video, 30, { mode: 'video' }) : '',
  }
  return { id, roleId, name: `${givenName} ${familyName}`, ...offerings }
}

async function place(tx: Tx, organizationId: string, facts: typeof boston) {
  const id = newId()
  await tx
    .insertInto('directory.location')
    .values({
      organizationId,
      id,
      phone: '+16175550110',
      addressLines: ['1 River Street'],
      directions: { en: 'By the river.', es: 'Junto al río.' },
      ...facts,
    })
    .execute()
  return id
}

/** A patient the clinic knows, with an email of theirs. */
export async function addPatient(world: Founded, givenName: string, familyName = 'Byron', bornOn = '1980-05-17') {
  const id = newId()
  const { organizationId } = world
  await world.write(async (tx) => {
    await tx
      .insertInto('people.patient')
      .values({
        organizationId,
        id,
        givenName,
        familyName,
        searchName: `${givenName} ${familyName}`.toLowerCase(),
        bornOn: Temporal.PlainDate.from(bornOn),
        origin: 'staff',
      })
      .execute()
    await tx
      .insertInto('people.patientWord')
      .values([givenName, familyName].map((word) => ({ organizationId, word: word.toLowerCase(), patientId: id })))
      .execute()
    await tx
      .insertInto('people.patientContact')
      .values({
        organizationId,
        patientId: id,
        kind: 'email',
        value: `${givenName.toLowerCase()}@example.org`,
        verifiedAt: world.now(),
      })
      .execute()
  })
  return id
}
