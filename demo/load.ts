/** Loads the demo health system into an empty database: real (synthetic-patient) records, a living calendar around today. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { system } from '../server/platform/actor.ts'
import type { Context } from '../server/platform/context.ts'
import { within, type Tx } from '../server/platform/db.ts'
import { progressBar } from '../server/platform/progress-bar.ts'
import { feedCoverage } from '../server/coverage/index.ts'
import { accessFeatures } from '../server/directory/contract.ts'
import { describeClinician, describePlace, feedDirectory, keepAccess } from '../server/directory/index.ts'
import { enterOwnCarriers } from '../server/partners/index.ts'
import { addDemoFamily, addDemoStaff, findOrganization, foundOrganization } from '../server/people/index.ts'
import { importRecords, rowIdOf, takeResources } from '../server/record/index.ts'
import {
  defineVisitType,
  importVisits,
  offerVisit,
  reindexAll,
  relist,
  setHoliday,
  setWeeklyHours,
} from '../server/scheduling/index.ts'
import { clinicians, offers, organization, places, type DemoClinician } from './data/clinic.ts'
import { clinicResources } from './clinic-fhir.ts'
import { holidays, visitsAround, weekOf } from './calendar.ts'
import { visitTypes } from './data/kinds-of-visit.ts'

const feeds = [feedDirectory, feedCoverage]

/** Does nothing when any organization is there already, but for what a demo of an earlier version lacks. */
export async function loadDemo(context: Context, say: (line: string) => void) {
  const demo = await findOrganization(context.db.worker, organization.slug)
  if (await isTaken(context)) {
    if (demo?.demo) await addWhatMayBeMissing(context, demo.id)
    return
  }
  say('Loading the demo health system: 30 synthetic patients, 24 clinicians, 4 places.')
  const organizationId = await foundOrganization(context.db, organization)
  const folder = join(import.meta.dirname, 'records')
  const names = readdirSync(folder).filter((name) => name.endsWith('.gz'))
  const bar = progressBar(process.stdout)
  await importRecords(context, organizationId, [folder], { feeds, onProgress: bar.show })
  bar.end()
  await takeResources(context, organizationId, clinicResources(context.now()), feeds)
  await addWhatMayBeMissing(context, organizationId)
  await setUp(context, organizationId)
  await addDemoStaff(context, organizationId)
  say(`Loaded ${names.length} files. Everything in it is made up.`)
}

async function addWhatMayBeMissing(context: Context, organizationId: string) {
  await enterOwnCarriers(context, organizationId)
  await addDemoFamily(context, organizationId)
}

/** Half a load is no demo: an organization without offerings is loaded again (imports change nothing twice). */
async function isTaken({ db }: Context): Promise<boolean> {
  const found = await findOrganization(db.worker, organization.slug)
  if (!found) return (await db.worker.selectFrom('people.organization').select('id').limit(1).execute()).length > 0
  const offering = await within(db, system(found.id, 'demo'), (tx) =>
    tx
      .selectFrom('scheduling.offering')
      .where('organizationId', '=', found.id)
      .select('id')
      .limit(1)
      .executeTakeFirst(),
  )
  return offering !== undefined
}

async function setUp({ db, now }: Context, organizationId: string) {
  const actor = system(organizationId, 'demo')
  const today = now().toZonedDateTimeISO(organization.zone).toPlainDate()
  await within(db, actor, async (tx) => {
    const typeIds = new Map<string, string>()
    for (const type of visitTypes) typeIds.set(type.code, await defineVisitType(tx, organizationId, type))
    for (const { key, directions, access } of places) {
      const placeId = rowIdOf(organizationId, 'Location', `demo-${key}`)
      await describePlace(tx, organizationId, placeId, { directions })
      await keepAccess(tx, organizationId, placeId, {
        facts: accessFeatures.map((feature) => ({ feature, present: access.includes(feature) })),
        source: 'seen',
        verifiedOn: today.subtract({ days: 30 }),
      })
    }
    for (const holiday of holidays(today)) await setHoliday(tx, organizationId, { ...holiday, madeBy: 'system:demo' })
    for (const [index, clinician] of clinicians.entries())
      await employ(tx, organizationId, { clinician, index, today, typeIds })
    await importVisits(tx, organizationId, await visitsAround(tx, organizationId, today), now())
  })
  for (const { id } of clinicians)
    await within(db, actor, async (tx) => {
      const practitionerId = rowIdOf(organizationId, 'Practitioner', id)
      await relist(tx, organizationId, practitionerId)
      await reindexAll(tx, organizationId, practitionerId, now())
    })
}

interface Employment {
  clinician: DemoClinician
  index: number
  today: Temporal.PlainDate
  typeIds: ReadonlyMap<string, string>
}

async function employ(tx: Tx, organizationId: string, { clinician, index, today, typeIds }: Employment) {
  const practitionerId = rowIdOf(organizationId, 'Practitioner', clinician.id)
  await describeClinician(tx, organizationId, practitionerId, { statement: clinician.statement })
  for (const [at, place] of clinician.places.entries()) {
    const practitionerRoleId = rowIdOf(organizationId, 'PractitionerRole', `demo-${clinician.id}-${place}`)
    const locationId = rowIdOf(organizationId, 'Location', `demo-${place}`)
    const hours = weekOf(index, at, clinician.places.length)
    await setWeeklyHours(
      tx,
      organizationId,
      { practitionerId, locationId, validFrom: today.subtract({ days: 60 }) },
      hours,
    )
    for (const offer of offers[clinician.offers]) {
      const visitTypeId = typeIds.get(offer.code)
      if (!visitTypeId) throw new Error(`the demo offers ${offer.code}, which is no visit type`)
      const { minutes } = offer
      await offerVisit(tx, organizationId, {
        practitionerRoleId,
        visitTypeId,
        minutes,
        mode: 'mode' in offer ? offer.mode : 'in_person',
        forPatients: 'for' in offer ? offer.for : 'any',
        bufferAfter: 'buffer' in offer ? offer.buffer : 0,
        stepMinutes: 'step' in offer ? offer.step : minutes,
        ...(clinician.offers === 'children' && { maxAgeYears: 21 }),
        ...(clinician.offers !== 'children' && clinician.offers !== 'family' && { minAgeYears: 16 }),
      })
    }
  }
}
