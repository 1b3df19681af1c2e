// Two clinics on one server, each with people, visits and papers, so that one can be attacked from the other.
import pg from 'pg'
import { staffRoles, type Role } from '../../server/platform/actor.ts'
import { sha256 } from '../../server/platform/ids.ts'
import { foundOrganization, visitToken } from '../../server/people/index.ts'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { openWorld, type World } from '../../server/testing/world.ts'

/** In no word of ours: wherever it comes back, something of another's leaked. */
export const canary = 'Zorblaxq'

export type TwoClinics = Awaited<ReturnType<typeof furnish>>

/**
 * River is where the attackers are; in Lake everybody and everything is called after the canary. So is what River has that its
 * own patient must not see, unless another word is given for it.
 */
export async function twoClinics(own = canary) {
  const world = await openWorld()
  try {
    return await furnish(world, own)
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

async function furnish(world: World, word: string) {
  await foundOrganization(world.db, {
    ...clinicFacts('river', 'River Clinic'),
    hostNames: ['localhost', 'river.example'],
  })
  const river = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const ben = await addPatient(world, 'Ben', word)
  const lakeId = await foundOrganization(world.db, {
    ...clinicFacts('lake', 'Lake Clinic'),
    hostNames: ['lake.example'],
  })
  const atLake = {
    organizationId: lakeId,
    now: world.now,
    write: <T>(work: Parameters<typeof world.write<T>>[0]) => world.write(work, lakeId),
  }
  const lake = await openClinic(atLake)
  const lia = await addPatient(atLake, 'Lia', canary)
  await paperwork(world, at('lake.example'), lake.nguyen.office, { patientId: lia, word: canary })
  const visit = await paperwork(world, at('river.example'), river.nguyen.office, { patientId: ben, word })
  const own = await bookAt(world, 'river.example', {
    offeringId: river.nguyen.office,
    patientId: ada,
    startsAt: '2026-12-03T15:00:00Z',
    reason: word,
  })
  const credentials = await signedIn(world, { visitId: own, patientId: ada })
  return { world, river, lakeId, ada, ben, own, visit, credentials }
}

const clinicFacts = (slug: string, name: string) => ({
  slug,
  name,
  phone: '+16175550100',
  email: null,
  zone: 'America/New_York',
  cancelCutoffMinutes: 60,
  demo: false,
})

const at = (host: string, cookie = '') => ({ host, ...(cookie && { cookie }) })

async function cookieAt(world: World, host: string, role: string): Promise<string> {
  const reply = await world.ask('POST', '/api/people/demo-session', { role }, at(host))
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

async function bookAt(
  world: World,
  host: string,
  wish: { offeringId: string; patientId: string; startsAt: string; reason: string },
): Promise<string> {
  const desk = at(host, await cookieAt(world, host, 'front_desk'))
  const { body } = await world.ask('POST', '/api/scheduling/appointments', { ...wish, language: 'en' }, desk)
  if (!body['appointment']) throw new Error(JSON.stringify(body))
  return body['appointment'].id
}

/** A visit, and a paper of each kind that can be asked for by an id. Gives the visit. */
async function paperwork(
  world: World,
  { host }: { host: string },
  offeringId: string,
  { patientId, word }: { patientId: string; word: string },
): Promise<string> {
  const visit = await bookAt(world, host, { offeringId, patientId, startsAt: '2026-12-04T15:00:00Z', reason: word })
  const as = async (role: string, method: 'GET' | 'POST', url: string, body?: object) =>
    world.ask(method, url, body, at(host, await cookieAt(world, host, role)))
  await as('front_desk', 'POST', '/api/scheduling/blocks', {
    clinicianId: await clinicianOf(world, offeringId),
    day: '2026-12-09',
    fromMinute: 540,
    untilMinute: 600,
    reason: word,
  })
  await as('front_desk', 'POST', `/api/people/patients/${patientId}/proxies`, {
    name: word,
    contact: { kind: 'email', value: 'pat@example.org' },
    basis: 'attorney',
    scopes: ['book'],
    evidence: word,
  })
  await as('nurse', 'POST', `/api/people/patients/${patientId}/break-glass`, { reason: 'other', words: word })
  await as('auditor', 'POST', '/api/privacy/holds', { patientId, reason: word })
  await as('auditor', 'POST', '/api/privacy/disclosures', {
    patientId,
    disclosedOn: '2026-11-01',
    recipient: word,
    what: word,
    why: 'court',
  })
  await as('practice_admin', 'POST', '/api/people/staff', { name: word, email: 'new@example.org', roles: ['nurse'] })
  await as('front_desk', 'POST', '/api/scheduling/holds', { offeringId, startsAt: '2026-12-04T18:00:00Z' })
  return visit
}

async function clinicianOf(world: World, offeringId: string): Promise<string> {
  const { body } = await world.ask('GET', `/api/scheduling/offerings/${offeringId}`, undefined, {
    host: 'lake.example',
  })
  if (body['clinician']) return body['clinician'].id
  return (await world.ask('GET', `/api/scheduling/offerings/${offeringId}`)).body['clinician'].id
}

async function signedIn(world: World, visit: { visitId: string; patientId: string }) {
  const until = world.now().add({ hours: 400 })
  const link = visitToken(world.keys, { organizationId: world.organizationId, ...visit, until })
  const credentials: Partial<Record<Role, Record<string, string>>> = {
    anyone: {},
    guest: { authorization: `Visit ${link}` },
    client: (await world.client()).headers,
  }
  for (const role of ['patient', ...staffRoles] as const) credentials[role] = (await world.as(role)).headers
  return credentials
}

interface Tabled {
  name: string
  columns: string[]
  own: boolean
}

async function asSuperuser<T>(world: World, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const tables = async (client: pg.Client) =>
  (
    await client.query<Tabled>(`
    select n.nspname || '.' || c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and format_type(a.atttypid, null) = 'uuid' and a.attname not in ('organization_id')) as columns,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id') as own
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('people', 'record', 'directory', 'coverage', 'scheduling', 'conversations', 'privacy', 'fhir')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') order by 1`)
  ).rows

/** One id of each kind that an organization has, by 'table.column'. */
export const idsOfOrganization = (world: World, organizationId: string) =>
  asSuperuser(world, async (client) => {
    const found = new Map<string, string>()
    for (const { name, columns } of await tables(client))
      for (const column of columns) {
        const { rows } = await client.query<{ id: string }>(
          `select "${column}" as id from ${name} where organization_id = $1 and "${column}" is not null limit 1`,
          [organizationId],
        )
        if (rows[0]) found.set(`${name}.${column}`, rows[0].id)
      }
    return found
  })

/** One id of each kind that belongs to a patient. */
export const idsOfPatient = (world: World, patientId: string) =>
  asSuperuser(world, async (client) => {
    const found = new Map([['people.patient.id', patientId]])
    for (const { name, columns, own } of await tables(client)) {
      if (!own || !columns.includes('id')) continue
      const { rows } = await client.query<{ id: string }>(`select id from ${name} where patient_id = $1 limit 1`, [
        patientId,
      ])
      if (rows[0]) found.set(`${name}.id`, rows[0].id)
    }
    return found
  })

/** All that an organization has, as one hash; what the clock and sign-in mark by themselves is left out. */
export const hashOf = (world: World, organizationId: string, patientId?: string) =>
  asSuperuser(world, async (client) => {
    const parts: string[] = []
    for (const { name, own } of await tables(client)) {
      if (/session|sign_in_try|ceremony|contact_code|scheduling\.(opening|listing)/.test(name)) continue
      if (patientId !== undefined && !own && name !== 'people.patient') continue
      const ofPatient =
        patientId === undefined ? '' : name === 'people.patient' ? 'and t.id = $2' : 'and t.patient_id = $2'
      const { rows } = await client.query<{ all: string | null }>(
        `select string_agg(t::text, '|' order by t::text) as all from ${name} t where t.organization_id = $1 ${ofPatient}`,
        patientId === undefined ? [organizationId] : [organizationId, patientId],
      )
      parts.push(`${name} ${rows[0]?.all ?? ''}`)
    }
    return { hash: sha256(parts.join('\n')).toString('hex'), parts }
  })

/** Rows of one organization that name an id of another. */
export const crossings = (world: World, organizationId: string, foreign: Iterable<string>) =>
  asSuperuser(world, async (client) => {
    const found: string[] = []
    for (const { name, columns } of await tables(client))
      for (const column of columns) {
        const { rowCount } = await client.query(
          `select from ${name} where organization_id = $1 and "${column}" = any($2::uuid[])`,
          [organizationId, [...foreign]],
        )
        if (rowCount) found.push(`${name}.${column}`)
      }
    return found
  })
