/** The demo's people, one of each role, and how to be any of them by one press. Refused in production. */
import type { StaffRole } from '../../platform/actor.ts'
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, withinSignIn, type Tx } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import { idOf } from '../../platform/ids.ts'
import { beginSession } from './sessions.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

type DemoRole = StaffRole | 'patient'

/** Old enough to be a parent of anybody here, by any clinic's rule. */
const grownYears = 21

const names: Record<StaffRole, string> = {
  front_desk: 'Rui Santos',
  scheduler: 'Ines Duarte',
  nurse: 'Noor Haddad',
  clinician: 'Lan Nguyen',
  biller: 'Bea Kowalski',
  quality_manager: 'Quentin Moore',
  practice_admin: 'Ada Okafor',
  auditor: 'Theo Lindqvist',
}

/** The demo's person of a role, the same in each run. */
export const demoPersonId = (organizationId: string, role: DemoRole) => idOf(organizationId, 'demo person', role)

/** Signs in the demo's person of a role; gives the token for the cookie. Refuses `demo_only` in production. */
export async function signInDemo(context: Context, visitor: Visitor, role: DemoRole = 'front_desk') {
  const { db, config } = context
  const { organizationId } = visitor
  if (config.production)
    throw new Refusal(403, 'demo_only', 'This sign-in is for trying Attend out. Ask for your own account.')
  const patient = role === 'patient' ? await signedInPatient(context, organizationId) : undefined
  const name = role === 'patient' ? (patient?.name ?? '') : names[role]
  const personId = demoPersonId(organizationId, role)
  const token = await withinSignIn(db, organizationId, async (tx) => {
    await keepDemoPerson(context, tx, organizationId, { id: personId, name, role })
    if (patient)
      await tx
        .insertInto('people.patientAccount')
        .values({ organizationId, personId, patientId: patient.id, basis: 'new', joinedAt: context.now() })
        .onConflict((same) => same.doNothing())
        .execute()
    return beginSession(context, tx, visitor, { personId, role, factors: ['demo'], assurance: 2, demo: true })
  })
  return { token, name, role }
}

/** One person of each role, there before anybody signs in. */
export async function addDemoStaff(context: Context, organizationId: string) {
  await withinSignIn(context.db, organizationId, async (tx) => {
    for (const [role, name] of Object.entries(names) as [StaffRole, string][])
      await keepDemoPerson(context, tx, organizationId, { id: demoPersonId(organizationId, role), name, role })
  })
}

/** Writes the demo's person of a role, if it is not there. */
export async function keepDemoPerson(
  { now }: Context,
  tx: Tx,
  organizationId: string,
  { id, name, role }: { id: string; name: string; role: DemoRole },
) {
  await tx
    .insertInto('people.person')
    .values({ organizationId, id, name, demo: true, createdAt: now() })
    .onConflict((same) => same.columns(['organizationId', 'id']).doNothing())
    .execute()
  if (role === 'patient') return
  const held = await tx
    .selectFrom('people.staffRole')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', id)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  if (!held)
    await tx
      .insertInto('people.staffRole')
      .values({ organizationId, personId: id, role, givenAt: now(), givenBy: 'system:demo' })
      .onConflict((same) => same.doNothing())
      .execute()
}

async function signedInPatient(context: Context, organizationId: string) {
  const patient = await demoPatient(context, organizationId)
  if (!patient) throw notFound('patient')
  return patient
}

/**
 * Whose record the demo's patient has: any living patient, the same one each time. One of the imported records where there
 * are any, so that it never becomes that of a visitor who came since, whose id comes before theirs; a grown-up if it can be.
 */
export async function demoPatient({ db, now }: Context, organizationId: string) {
  const grownBefore = now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ years: grownYears })
  const found = await within(db, system(organizationId, 'demo'), (tx) =>
    tx
      .selectFrom('people.patient as p')
      .where('p.organizationId', '=', organizationId)
      .where('p.diedAt', 'is', null)
      .select((of) => ['p.id', 'p.givenName', 'p.familyName', of('p.bornOn', '<=', grownBefore).as('isGrown')])
      .orderBy((of) => of('p.origin', '=', 'record'), 'desc')
      .orderBy(
        (of) =>
          of.exists(
            of
              .selectFrom('people.patientAccount as a')
              .whereRef('a.organizationId', '=', 'p.organizationId')
              .whereRef('a.patientId', '=', 'p.id')
              .where('a.personId', '=', demoPersonId(organizationId, 'patient'))
              .select('a.patientId'),
          ),
        'desc',
      )
      .orderBy('isGrown', (by) => by.desc().nullsLast())
      .orderBy('p.id')
      .limit(1)
      .executeTakeFirst(),
  )
  return (
    found && { id: found.id, name: `${found.givenName} ${found.familyName}`.trim(), isGrown: found.isGrown === true }
  )
}
