/** Sessions: opaque, kept here as hashes, looked up on every request, so that what is ended is over on the next one. */
import { sql } from 'kysely'
import type { Actor, StaffRole } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { asAuthenticator, send, together, withinSignIn, type Tx } from '../../platform/db.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import { statement } from '../../platform/statement.ts'
import type { Factor } from './tables.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

/** 45 CFR 164.312(a)(2)(iii): unused for so long, a session is over; and after so long it is, however much it is used. */
export const sessionLimits = {
  staff: { idleMinutes: 15, hours: 12, atOnce: 5 },
  patient: { idleMinutes: 30, hours: 14 * 24, atOnce: 20 },
} as const

/** Use is written down when the last mark is older than this: a session may end that much early, never late. */
const markedEverySeconds = 20

export interface Beginning {
  personId: string
  role: StaffRole | 'patient'
  factors: readonly Factor[]
  assurance: number
  /** Of the session that this one takes the place of; the limit of that one stays. */
  rotates?: { id: string; provedAt: Temporal.Instant; expiresAt: Temporal.Instant }
  demo?: boolean
  /** The patient that is acted for: a fresh proof does not change it, another role does. */
  actingFor?: string | null
}

/** Begins a session with a new token (never one that was there before) and ends the one that the browser had. */
export async function beginSession({ now }: Context, tx: Tx, visitor: Visitor, one: Beginning): Promise<string> {
  const { organizationId, device } = visitor
  const { personId, role, factors, assurance, rotates, demo = false, actingFor = null } = one
  const limits = sessionLimits[role === 'patient' ? 'patient' : 'staff']
  const id = newId()
  const token = newToken('attend_session')
  const at = now()
  const began = send(tx, begin, {
    organizationId,
    id,
    tokenHash: sha256(token),
    personId,
    role,
    factors: [...factors],
    assurance,
    provedAt: (rotates?.provedAt ?? at).toString(),
    at: at.toString(),
    idleMinutes: limits.idleMinutes,
    expiresAt: earlier(at.add({ hours: limits.hours }), rotates?.expiresAt).toString(),
    device,
    rotatedFrom: rotates?.id ?? null,
    demo,
    actingFor,
    endedHash: visitor.token === undefined ? null : sha256(visitor.token),
    endedBecause: rotates ? 'rotated' : 'signed_in_again',
    others: limits.atOnce - 1,
  })
  const written = audit(tx, actorOf(visitor, personId, role), {
    action: 'create',
    resourceType: 'Session',
    resourceId: id,
    fields: [...factors],
    purpose: 'OPS',
  })
  await together([began, written])
  return token
}

interface Begun {
  organizationId: string
  id: string
  tokenHash: Buffer
  personId: string
  role: string
  factors: Factor[]
  assurance: number
  provedAt: string
  at: string
  idleMinutes: number
  expiresAt: string
  device: string
  rotatedFrom: string | null
  demo: boolean
  actingFor: string | null
  endedHash: Buffer | null
  endedBecause: string
  others: number
}

/** In one statement: the browser's last session ends, and of more at once than a person has machines the oldest do. */
const begin = statement<Begun>`
  with ended as (
    update people.session set ended_at = ${'at'}, ended_because = ${'endedBecause'}
    where token_hash = ${'endedHash'} and ended_at is null
  ), too_many as (
    update people.session set ended_at = ${'at'}, ended_because = 'too_many'
    where organization_id = ${'organizationId'} and id in (
      select id from people.session
      where organization_id = ${'organizationId'} and person_id = ${'personId'} and ended_at is null
        and expires_at > ${'at'} and token_hash is distinct from ${'endedHash'}
      order by created_at desc, id desc offset ${'others'})
  )
  insert into people.session (organization_id, id, token_hash, person_id, role, factors, assurance, proved_at, created_at,
    seen_at, idle_minutes, expires_at, device, rotated_from, demo, acting_for)
  values (${'organizationId'}, ${'id'}, ${'tokenHash'}, ${'personId'}, ${'role'}, ${'factors'}, ${'assurance'},
    ${'provedAt'}, ${'at'}, ${'at'}, ${'idleMinutes'}, ${'expiresAt'}, ${'device'}, ${'rotatedFrom'}, ${'demo'},
    ${'actingFor'})`

const earlier = (one: Temporal.Instant, other: Temporal.Instant | undefined) =>
  other && Temporal.Instant.compare(other, one) < 0 ? other : one

/** Somebody who has just proved who they are, as the trail names them. */
export const actorOf = (visitor: Pick<Visitor, 'actor'>, personId: string, role: Actor['role'] = 'anyone'): Actor => ({
  role,
  organizationId: visitor.actor.organizationId,
  id: `person:${personId}`,
  patientIds: [],
  ...(visitor.actor.requestId !== undefined && { requestId: visitor.actor.requestId }),
})

async function endByToken(tx: Tx, token: string, { at, because }: { at: Temporal.Instant; because: string }) {
  return tx
    .updateTable('people.session')
    .set({ endedAt: at, endedBecause: because })
    .where('tokenHash', '=', sha256(token))
    .where('endedAt', 'is', null)
    .returning(['id', 'personId', 'role'])
    .executeTakeFirst()
}

/** Ends the session on the server, so that a copy of the cookie opens nothing; says whether there was one. */
export async function endSession({ db, now }: Context, visitor: Visitor): Promise<boolean> {
  const { organizationId, token } = visitor
  if (token === undefined) return false
  return withinSignIn(db, organizationId, async (tx) => {
    const ended = await endByToken(tx, token, { at: now(), because: 'signed_out' })
    if (!ended) return false
    const who = actorOf(visitor, ended.personId, ended.role)
    await audit(tx, who, { action: 'delete', resourceType: 'Session', resourceId: ended.id, purpose: 'OPS' })
    return true
  })
}

/** Ends every session of a person but `except`; gives how many there were. */
export async function endSessionsOf(
  { now }: Pick<Context, 'now'>,
  tx: Tx,
  { organizationId, personId, because }: { organizationId: string; personId: string; because: string },
  except?: string,
): Promise<number> {
  const ended = await tx
    .updateTable('people.session')
    .set({ endedAt: now(), endedBecause: because })
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .where((session) => (except === undefined ? session.lit(true) : session('id', '!=', except)))
    .returning('id')
    .execute()
  return ended.length
}

interface Found {
  organizationId: string
  id: string
  personId: string
  role: StaffRole | 'patient'
  assurance: number
  provedAt: Temporal.Instant
  locked: boolean
  patientIds: string[]
  actingFor: string | null
}

/**
 * Whom a token signs in; undefined when it opens nothing (any more). The account, the role and the records it opens are
 * looked at each time: whoever loses one has lost it on the next request. A locked session is nobody but its owner. Who acts
 * for another has no record open yet: what was given to them says (proxies/acting.ts). A request that the person did not
 * ask for (`isAttended` false: the page asks by itself) does not keep the session from running idle.
 */
export async function actorOfSession(
  { db, now, config }: Context,
  token: string,
  isAttended = true,
): Promise<Actor | undefined> {
  const askedAt = now()
  const at = askedAt.toString()
  const { rows } = await asAuthenticator(db, (auth) =>
    sql<Found>`
    with found as (
      select s.* from people.session s
      where s.token_hash = ${sha256(token)} and s.ended_at is null and s.expires_at > ${at}::timestamptz
        and (s.locked_at is not null or s.seen_at + make_interval(mins => s.idle_minutes) > ${at}::timestamptz)
        and (not s.demo or ${!config.production}::boolean)
    ), seen as (
      update people.session s set seen_at = ${at}::timestamptz from found f
      where ${isAttended}::boolean and s.organization_id = f.organization_id and s.id = f.id and f.locked_at is null
        and f.seen_at < ${at}::timestamptz - make_interval(secs => ${markedEverySeconds})
    )
    select f.organization_id, f.id, f.person_id, f.role, f.assurance, f.proved_at, f.locked_at is not null as locked,
      f.acting_for, case when f.role = 'patient' and f.acting_for is null then array(select r.id from people.patient_account a
        cross join lateral unnest(people.record_ids(a.organization_id, a.patient_id)) with ordinality r(id, place)
        where a.organization_id = f.organization_id and a.person_id = f.person_id and a.ended_at is null
        group by r.id order by min(r.place), r.id) else '{}' end as patient_ids
    from found f join people.person p on p.organization_id = f.organization_id and p.id = f.person_id and p.ended_at is null
    where f.role = 'patient' or exists (select from people.staff_role r where r.organization_id = f.organization_id
      and r.person_id = f.person_id and r.role = f.role and r.ended_at is null)`.execute(auth),
  )
  const [found] = rows
  if (!found) return undefined
  const { organizationId, id, personId, role, assurance, provedAt, locked, patientIds, actingFor } = found
  return {
    role: locked ? 'anyone' : role,
    organizationId,
    id: `person:${personId}`,
    patientIds: locked ? [] : patientIds,
    personId,
    session: { id, provedAt, assurance, locked, askedAt },
    ...(actingFor !== null && !locked && { actingFor }),
  }
}
