/** Slot: one start of a schedule. Free ones come from the index of openings; taken ones say nothing of for whom. */
import { sql } from 'kysely'
import { isId } from '../../platform/ids.ts'
import { notFound } from '../../platform/errors.ts'
import { boundsOf } from '../wire/dates.ts'
import { among, pageOf, type Asking, type Found, type Kind } from './kind.ts'
import { offeredByIds, service, type Offered } from './offered.ts'
import { byTime, openStarts, type Start, type Wanted } from './open-starts.ts'
import { badRequest } from '../wire/outcome.ts'
import type { Query } from '../wire/query.ts'
import { reference, type Resource } from '../wire/resource.ts'

const states = ['free', 'busy', 'busy-tentative'] as const
type State = (typeof states)[number]
const otherStates = ['busy-unavailable', 'entered-in-error']

export const slots: Kind = {
  type: 'Slot',
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'schedule', type: 'reference', documentation: 'This or _id is needed.' },
    { name: 'start', type: 'date', documentation: 'From now on unless it says otherwise.' },
    { name: 'status', type: 'token', documentation: 'free, busy, busy-tentative.' },
  ],
  search,
  async read(asking, id) {
    const [slot] = await known(asking, [id])
    if (!slot) throw notFound('Slot')
    return slot
  },
}

/** `<offering>.<minute since 1970>`: also the id of the proposed appointment at that start. */
export const slotId = ({ offeringId, minute }: Start) => `${offeringId}.${minute}`

export function startOf(id: string): Start | undefined {
  const [offeringId = '', minute = '', more] = id.split('.')
  if (more !== undefined || !isId(offeringId) || !/^[1-9]\d{0,8}$/.test(minute)) return undefined
  return { offeringId: offeringId.toLowerCase(), minute: Number(minute) }
}

export const minuteOf = (instant: Temporal.Instant) => Math.floor(instant.epochMilliseconds / 60_000)
export const instantOf = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000)

async function search(asking: Asking, query: Query): Promise<Found> {
  const offeringIds = query.ids('schedule', 'Schedule')
  const given = query.one('_id')
  const wantedStates = statesOf(query.one('status'))
  if (!offeringIds) {
    if (!given) throw badRequest('required', 'Say which schedule: schedule=Schedule/….')
    if (query.has('start')) throw badRequest('bad_value', 'With _id alone, start has no meaning.')
    const found = await known(asking, given)
    return { matches: found.filter(({ status }) => wantedStates.includes(status as State)), total: undefined }
  }
  const { from, until } = boundsOf(query.all('start').flat(), asking.zone)
  const span = {
    offeringIds: given ? offeringIds.filter((id) => given.some((one) => startOf(one)?.offeringId === id)) : offeringIds,
    from: from ? ceilMinute(from) : minuteOf(asking.now),
    until: until ? ceilMinute(until) : minuteOf(asking.now) + 500 * 1440,
    after: query.after && { minute: Number(query.after.order), offeringId: query.after.id },
  }
  const lists = await Promise.all(wantedStates.map((state) => startsIn(state, asking, span, query.count + 1)))
  const all = lists.flat().filter((one) => !given || given.includes(slotId(one)))
  const page = pageOf(all.sort(byTime), query.count, ({ minute, offeringId }) => [minute, offeringId])
  return { matches: await resourcesOf(asking, page.shown), after: page.after }
}

function statesOf(asked: readonly string[] | undefined): State[] {
  if (!asked) return [...states]
  if (asked.some((one) => ![...states, ...otherStates].includes(one)))
    throw badRequest('bad_value', 'The status of a slot is free, busy or busy-tentative.')
  return states.filter((state) => asked.includes(state))
}

interface Taken extends Start {
  state: State
  /** Of a visit that was booked when the offering had another length. */
  until?: Temporal.Instant
}

async function startsIn(state: State, asking: Asking, span: Wanted, count: number): Promise<Taken[]> {
  if (state === 'free') return (await openStarts(asking, span, count)).map((start) => ({ ...start, state }))
  const { offeringIds = [], from, until, after } = span
  const { tx, actor, now } = asking
  const rows = await (
    state === 'busy'
      ? tx
          .selectFrom('scheduling.appointment as t')
          .where('t.status', '=', 'booked')
          .where('t.practitionerId', 'in', practitionersOf(asking, offeringIds))
      : tx.selectFrom('scheduling.hold as t').where('t.expiresAt', '>', now)
  )
    .where('t.organizationId', '=', actor.organizationId)
    .where('t.offeringId', '=', among(offeringIds))
    .where('t.startsAt', '>=', instantOf(Math.max(from, after?.minute ?? from)))
    .where('t.startsAt', '<', instantOf(until))
    .$if(after !== undefined, (rest) =>
      rest.where((of) =>
        of.or([of('t.startsAt', '>', instantOf(after?.minute ?? 0)), of('t.offeringId', '>', after?.offeringId ?? '')]),
      ),
    )
    // Several have a seat of one group visit; while another may join it, it is free.
    .where(isNotOpen)
    .distinct()
    .orderBy('t.startsAt')
    .orderBy('t.offeringId')
    .limit(count)
    .select(['t.offeringId', 't.startsAt', 't.endsAt'])
    .execute()
  return rows.map((row) => ({ offeringId: row.offeringId, minute: minuteOf(row.startsAt), until: row.endsAt, state }))
}

const isNotOpen = sql<boolean>`not exists (
  select from scheduling.opening p, lateral (select (extract(epoch from t.starts_at) / 60)::int as minute) s
  where p.organization_id = t.organization_id and p.offering_id = t.offering_id
    and p.first_start <= s.minute and p.first_start > s.minute - 1440 and s.minute = any (p.starts))`

const practitionersOf = ({ tx, actor }: Asking, offeringIds: readonly string[]) =>
  tx
    .selectFrom('scheduling.offering')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', among(offeringIds))
    .select('practitionerId')

/** The slots of these ids that are there, each as it is now. */
async function known(asking: Asking, ids: readonly string[]): Promise<Resource[]> {
  const found: Taken[] = []
  for (const { offeringId, minute } of ids.flatMap((id) => startOf(id) ?? [])) {
    const span = { offeringIds: [offeringId], from: minute, until: minute + 1 }
    const lists = await Promise.all(states.map((state) => startsIn(state, asking, span, 1)))
    found.push(...lists.flat().slice(0, 1))
  }
  return resourcesOf(asking, found)
}

/** Whether a patient may still book this start. */
export async function isOpen(asking: Asking, { offeringId, minute }: Start): Promise<boolean> {
  const open = await openStarts(asking, { offeringIds: [offeringId], from: minute, until: minute + 1 }, 1)
  return open.length > 0
}

async function resourcesOf(asking: Asking, starts: readonly Taken[]): Promise<Resource[]> {
  const visits = await offeredByIds(
    asking,
    starts.map(({ offeringId }) => offeringId),
  )
  return starts.flatMap((start) => {
    const visit = visits.get(start.offeringId)
    return visit ? [resourceOf(asking, visit, start)] : []
  })
}

function resourceOf({ base }: Asking, visit: Offered, start: Taken): Resource {
  const startsAt = instantOf(start.minute)
  return {
    resourceType: 'Slot',
    id: slotId(start),
    ...service(visit, base),
    schedule: reference('Schedule', visit.id),
    status: start.state,
    start: startsAt.toString(),
    end: (start.until ?? startsAt.add({ minutes: visit.minutes })).toString(),
  }
}

/** The first whole minute that is not before the instant. */
export const ceilMinute = (instant: Temporal.Instant) => Math.ceil(instant.epochMilliseconds / 60_000)
