/** Patient: whom the organization knows. Found only by what says who is meant; every one shown is in the trail. */
import { sql } from 'kysely'
import { accessPatient, visiblePatients } from '../../people/index.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { badRequest } from '../wire/outcome.ts'
import type { Query, Token } from '../wire/query.ts'
import { concept, reference, systems, type Resource } from '../wire/resource.ts'

export const patients: Kind = {
  type: 'Patient',
  parameters: [
    { name: '_id', type: 'token', documentation: 'This, identifier or birthdate is needed.' },
    { name: 'identifier', type: 'token' },
    { name: 'birthdate', type: 'date', documentation: 'A whole day.' },
    { name: 'family', type: 'string' },
    { name: 'given', type: 'string' },
  ],
  async search(asking, query) {
    await audit(asking.tx, asking.actor, { action: 'search', resourceType: 'Patient', fields: query.names })
    const rows = filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('p.id', '>', query.after?.id ?? ''))
        .select('p.id')
        .orderBy('p.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    const ids = page.shown.map(({ id }) => id)
    const matches = await patientsByIds(asking, ids)
    return { matches, after: page.after, total: await counted(query, rows.select(howMany)) }
  },
  async read(asking, id) {
    if (!isId(id)) throw notFound('Patient')
    await accessPatient(asking.tx, asking.actor, id)
    const [resource] = await resourcesOf(asking, [id])
    if (!resource) throw notFound('Patient')
    return resource
  },
}

/** Those that the actor may see, each read in the trail. */
export async function patientsByIds(asking: Asking, ids: readonly string[]): Promise<Resource[]> {
  const found = await resourcesOf(asking, ids)
  await auditAll(
    asking.tx,
    asking.actor,
    found.map(({ id = '' }) => ({ action: 'read' as const, resourceType: 'Patient', resourceId: id, patientId: id })),
  )
  return found
}

function filtered({ tx, actor }: Asking, query: Query) {
  let rows = visiblePatients(tx, actor)
  const ids = query.ids('_id', 'Patient')
  const identifiers = query.tokens('identifier')
  const born = query.one('birthdate')
  if (!ids && !identifiers && !born) throw badRequest('required', 'Say whom: _id, identifier or birthdate.')
  if (ids) rows = rows.where('p.id', '=', among(ids))
  if (identifiers) rows = rows.where('p.id', 'in', identified({ tx, actor }, identifiers))
  if (born) rows = rows.where('p.bornOn', '=', sql<Temporal.PlainDate>`any(${born.map(dayOf)}::date[])`)
  for (const texts of query.all('family'))
    rows = rows.where((of) => of.or(texts.map((text) => begins('family_name', text))))
  for (const texts of query.all('given'))
    rows = rows.where((of) => of.or(texts.map((text) => begins('given_name', text))))
  return rows
}

const begins = (column: 'family_name' | 'given_name', text: string) =>
  sql<boolean>`starts_with(lower(${sql.ref(`p.${column}`)}), ${text.toLowerCase()})`

/** The ids of patients with one of these identifiers; without a system, of any system. */
export function identified({ tx, actor }: Pick<Asking, 'tx' | 'actor'>, tokens: readonly Token[]) {
  return tx
    .selectFrom('people.patientIdentifier')
    .where('organizationId', '=', actor.organizationId)
    .where((of) =>
      of.or(
        tokens.map(({ system, code }) =>
          system === undefined ? of('value', '=', code) : of.and([of('system', '=', system), of('value', '=', code)]),
        ),
      ),
    )
    .select('patientId')
}

function dayOf(text: string): string {
  if (!/^(eq)?\d{4}-\d{2}-\d{2}$/.test(text))
    throw badRequest('bad_value', 'birthdate is a whole day, like 1980-05-17.')
  return text.slice(-10)
}

async function resourcesOf(asking: Asking, ids: readonly string[]): Promise<Resource[]> {
  if (ids.length === 0) return []
  const { tx, actor } = asking
  const [rows, contacts, identifiers, links] = await Promise.all([
    visiblePatients(tx, actor).where('p.id', '=', among(ids)).selectAll('p').orderBy('p.id').execute(),
    tx
      .selectFrom('people.patientContact')
      .where('organizationId', '=', actor.organizationId)
      .where('patientId', '=', among(ids))
      .select(['patientId', 'kind', 'value'])
      .orderBy('value')
      .execute(),
    tx
      .selectFrom('people.patientIdentifier')
      .where('organizationId', '=', actor.organizationId)
      .where('patientId', '=', among(ids))
      .select(['patientId', 'system', 'value'])
      .orderBy('system')
      .orderBy('value')
      .execute(),
    tx
      .selectFrom('people.merge')
      .where('organizationId', '=', actor.organizationId)
      .where('undoneAt', 'is', null)
      .where((of) => of.or([of('absorbedId', '=', among(ids)), of('recordId', '=', among(ids))]))
      .select(['absorbedId', 'recordId'])
      .orderBy('absorbedId')
      .execute(),
  ])
  return rows.map((row) => {
    const own = <T extends { patientId: string }>(all: readonly T[]) =>
      all.filter(({ patientId }) => patientId === row.id)
    return { ...resourceOf(row, own(contacts), own(identifiers)), ...linkOf(row.id, links) }
  })
}

/** Of merged records: the one that stands for the patient replaces the others, which are not used any more. */
function linkOf(id: string, links: readonly { absorbedId: string; recordId: string }[]) {
  const by = links.find(({ absorbedId }) => absorbedId === id)
  if (by) return { active: false, link: [{ other: reference('Patient', by.recordId), type: 'replaced-by' }] }
  const replaced = links.filter(({ recordId }) => recordId === id)
  if (replaced.length === 0) return {}
  return { link: replaced.map(({ absorbedId }) => ({ other: reference('Patient', absorbedId), type: 'replaces' })) }
}

interface Row {
  id: string
  givenName: string
  familyName: string
  preferredName: string | null
  bornOn: Temporal.PlainDate | null
  diedAt: Temporal.Instant | null
  gender: string | null
  language: string | null
}

function resourceOf(
  row: Row,
  contacts: readonly { kind: string; value: string }[],
  identifiers: readonly { system: string; value: string }[],
): Resource {
  const names = [
    { use: 'official', family: row.familyName, given: row.givenName.split(' ') },
    ...(row.preferredName === null ? [] : [{ use: 'usual', text: row.preferredName }]),
  ]
  return {
    resourceType: 'Patient',
    id: row.id,
    ...(identifiers.length > 0 && { identifier: identifiers.map(({ system, value }) => ({ system, value })) }),
    active: true,
    name: names,
    ...(contacts.length > 0 && { telecom: contacts.map(({ kind, value }) => ({ system: kind, value })) }),
    ...(row.gender !== null && { gender: row.gender }),
    ...(row.bornOn !== null && { birthDate: row.bornOn.toString() }),
    ...(row.diedAt !== null && { deceasedDateTime: row.diedAt.toString() }),
    ...(row.language !== null && {
      communication: [{ language: concept({ system: systems.language, code: row.language }), preferred: true }],
    }),
  }
}
