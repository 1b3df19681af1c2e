/** Patients and colleagues by name or birth date, for who works on privacy: no more of them than tells one from another. */
import type { Actor } from '../platform/actor.ts'
import { audit, auditAll } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { namedPatient } from './patient-names.ts'
import { wordsOf } from './signs.ts'
import './tables.ts'

const mostPatients = 20
const mostColleagues = 10

/** `q`: beginnings of names, a birth date as 1980-02-01 or 2/1/1980, or both. Every patient found is in the trail. */
export async function findPeople({ db }: Context, actor: Actor, { q }: { q: string }) {
  const asked = { words: wordsOf(q), bornOn: birthDateIn(q) }
  return within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'Patient', fields: ['name', 'bornOn'], purpose: 'OPS' })
    if (asked.words.length === 0 && !asked.bornOn) return { patients: [], colleagues: [] }
    const patients = await patientsLike(tx, actor, asked)
    await auditAll(
      tx,
      actor,
      patients.map(({ id }) => ({
        action: 'read' as const,
        resourceType: 'Patient',
        resourceId: id,
        patientId: id,
        fields: ['name', 'bornOn'],
        purpose: 'OPS' as const,
      })),
    )
    return { patients: patients.map(namedPatient), colleagues: await colleaguesLike(tx, actor, asked.words) }
  })
}

interface Asked {
  words: readonly string[]
  bornOn: Temporal.PlainDate | undefined
}

async function patientsLike(tx: Tx, { organizationId }: Actor, { words, bornOn }: Asked) {
  let query = tx.selectFrom('people.patient as p').where('p.organizationId', '=', organizationId)
  for (const word of words)
    query = query.where('p.id', 'in', (of) =>
      of
        .selectFrom('people.patientWord as w')
        .where('w.organizationId', '=', organizationId)
        .where('w.word', '>=', word)
        .where('w.word', '<', `${word}\u{10FFFF}`)
        .select('w.patientId'),
    )
  if (bornOn) query = query.where('p.bornOn', '=', bornOn)
  return query
    .select(['p.id', 'p.givenName', 'p.familyName', 'p.bornOn'])
    .orderBy('p.searchName')
    .orderBy('p.id')
    .limit(mostPatients)
    .execute()
}

/** Who has or had a role here; those who left are found as well. */
async function colleaguesLike(tx: Tx, { organizationId }: Actor, words: readonly string[]) {
  if (words.length === 0) return []
  const rows = await tx
    .selectFrom('people.person as p')
    .innerJoin('people.staffRole as r', (on) =>
      on.onRef('r.organizationId', '=', 'p.organizationId').onRef('r.personId', '=', 'p.id'),
    )
    .where('p.organizationId', '=', organizationId)
    .select(['p.id', 'p.name', 'r.role'])
    .orderBy('p.name')
    .orderBy('p.id')
    .orderBy('r.role')
    .execute()
  const begins = (name: string) => {
    const named = wordsOf(name)
    return words.every((word) => named.some((one) => one.startsWith(word)))
  }
  return [...Map.groupBy(rows, ({ id }) => id).values()]
    .flatMap((held) => {
      const name = held[0]?.name
      return held[0] && name && begins(name) ? [{ id: held[0].id, name, roles: held.map(({ role }) => role) }] : []
    })
    .slice(0, mostColleagues)
}

/** The first birth date in a text; a day that is not in the calendar is none. */
function birthDateIn(text: string): Temporal.PlainDate | undefined {
  const [, isoYear, isoMonth, isoDay] = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(text) ?? []
  const [, month = isoMonth, day = isoDay, year = isoYear] = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? []
  if (!year || !month || !day) return undefined
  const parts = { year: Number(year), month: Number(month), day: Number(day) }
  if (parts.month < 1 || parts.month > 12 || parts.day < 1) return undefined
  const read = Temporal.PlainDate.from(parts, { overflow: 'constrain' })
  return read.day === parts.day ? read : undefined
}
