/** Whose visits are being moved, and how far each has come. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Reply } from '../../platform/endpoint.ts'
import { clinicianView } from '../../directory/index.ts'
import { summariesOf } from '../../people/index.ts'
import { offeringInFullById, spoken } from '../view.ts'
import { accessMove } from './access.ts'
import type { listBulkMoves as contract, readBulkMove as one } from './contract.ts'
import { gather } from './gather.ts'

type Move = Reply<typeof contract>['moves'][number]
/** More visits than that are read after the first are done. */
const mostVisits = 1000

export async function listBulkMoves({ db }: Context, actor: Actor): Promise<Reply<typeof contract>> {
  return within(db, actor, async (tx) => ({ moves: await readMoves(tx, actor, null) }))
}

export async function readBulkMove(
  context: Context,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Reply<typeof one>> {
  const { db, announce, now } = context
  return within(db, actor, async (tx) => {
    await accessMove(tx, actor, id)
    const which = { organizationId: actor.organizationId, bulkMoveId: id }
    const before = await countOf(tx, which)
    // What was booked from a hold at the last moment, or changed meanwhile, is not lost: it is taken in by whoever looks.
    if ((await gather(tx, which, now())) > before) await announce(tx, 'bulk-move.asked', which)
    const [move] = await readMoves(tx, actor, id)
    if (!move) throw new Error('the move that was just read is gone')
    return { ...move, visits: await readVisits(tx, actor, id, language) }
  })
}

async function countOf(tx: Tx, { organizationId, bulkMoveId }: { organizationId: string; bulkMoveId: string }) {
  const { waiting } = await tx
    .selectFrom('scheduling.bulkMoveVisit')
    .where('organizationId', '=', organizationId)
    .where('bulkMoveId', '=', bulkMoveId)
    .where('state', '=', 'waiting')
    .select((of) => of.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow()
  return waiting
}

interface MoveRow {
  id: string
  kind: Move['kind']
  fromDay: string
  untilDay: string | null
  madeAt: string
  counts: Partial<Move['counts']>
  practitionerId: string
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
  gender: string | null
  languages: string[]
}

async function readMoves(tx: Tx, { organizationId }: Actor, id: string | null): Promise<Move[]> {
  const { rows } = await sql<MoveRow>`
    select m.id, m.kind, m.from_day::text, m.until_day::text, to_json(m.made_at)#>>'{}' as made_at, m.practitioner_id,
      p.given_name, p.family_name, p.prefix, p.credentials, p.gender, p.languages,
      (select coalesce(json_object_agg(s.state, s.number), '{}') from (select v.state, count(*)::int as number
        from scheduling.bulk_move_visit v where v.organization_id = m.organization_id and v.bulk_move_id = m.id group by v.state) s) as counts
    from scheduling.bulk_move m
    join directory.practitioner p on p.organization_id = m.organization_id and p.id = m.practitioner_id
    where m.organization_id = ${organizationId} and (${id}::uuid is null or m.id = ${id}::uuid)
    order by exists (select from scheduling.bulk_move_visit v where v.organization_id = m.organization_id and v.bulk_move_id = m.id
      and v.state in ('waiting', 'proposed', 'confirmed', 'to_call')) desc, m.made_at desc limit 50`.execute(tx)
  const none = { waiting: 0, proposed: 0, confirmed: 0, moved: 0, to_call: 0, settled: 0 }
  return rows.map(({ counts, practitionerId, id: moveId, kind, fromDay, untilDay, madeAt, ...person }) => ({
    id: moveId,
    kind,
    fromDay,
    untilDay,
    madeAt: Temporal.Instant.from(madeAt).toString(),
    clinician: clinicianView({ ...person, id: practitionerId }),
    counts: { ...none, ...counts },
  }))
}

async function readVisits(tx: Tx, actor: Actor, id: string, language: Language) {
  const { organizationId } = actor
  const rows = await tx
    .selectFrom('scheduling.bulkMoveVisit as v')
    .innerJoin('scheduling.appointment as a', (on) =>
      on.onRef('a.organizationId', '=', 'v.organizationId').onRef('a.id', '=', 'v.appointmentId'),
    )
    .where('v.organizationId', '=', organizationId)
    .where('v.bulkMoveId', '=', id)
    .orderBy('v.wasStartsAt')
    .orderBy('v.appointmentId')
    .limit(mostVisits)
    .selectAll('v')
    .select(['a.version', 'a.status'])
    .execute()
  const patients = await summariesOf(
    tx,
    actor,
    rows.map(({ patientId }) => patientId),
    'OPS',
  )
  const offerings = await offeringInFullById(
    tx,
    organizationId,
    rows.flatMap(({ wasOfferingId, offeringId }) => [wasOfferingId, ...(offeringId ? [offeringId] : [])]),
  )
  const words = inWords(offerings)
  return rows.flatMap((row) => {
    const patient = patients.get(row.patientId)
    if (!patient) return []
    const was = offerings.get(row.wasOfferingId)
    return [
      {
        appointmentId: row.appointmentId,
        patient,
        visitType: (was && spoken(was.visitName, language)) ?? '',
        state: row.state,
        was: words({ offeringId: row.wasOfferingId, startsAt: row.wasStartsAt }),
        next: row.offeringId && row.startsAt ? words({ offeringId: row.offeringId, startsAt: row.startsAt }) : null,
        refused: row.refused,
        answer: answerOf(row),
      },
    ]
  })
}

interface Answered {
  state: string
  status: 'booked' | 'cancelled'
  version: number
  movedVersion: number | null
  keptAt: Temporal.Instant | null
}

function answerOf({ state, status, version, movedVersion, keptAt }: Answered) {
  if (state !== 'moved') return null
  if (status === 'cancelled') return 'cancelled' as const
  if (version !== movedVersion) return 'changed' as const
  return keptAt ? ('kept' as const) : null
}

interface Placed {
  offeringId: string
  startsAt: Temporal.Instant
}

const inWords =
  (offerings: Awaited<ReturnType<typeof offeringInFullById>>) =>
  ({ offeringId, startsAt }: Placed) => {
    const offering = offerings.get(offeringId)
    return {
      startsAt: startsAt.toString(),
      clinician: offering ? clinicianView({ ...offering, id: offering.practitionerId }).name : '',
      place: offering?.placeName ?? '',
      zone: offering?.zone ?? 'UTC',
    }
  }

/** How times are shown: with whom and where. */
export async function timesInWords(tx: Tx, organizationId: string, times: readonly Placed[]) {
  return inWords(
    await offeringInFullById(
      tx,
      organizationId,
      times.map(({ offeringId }) => offeringId),
    ),
  )
}
