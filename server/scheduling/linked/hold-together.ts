/** Keeps several openings for five minutes, all or none, while a family's form is filled; gives them back together. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { answered, claim, type RequestKey } from '../../platform/once.ts'
import { freeHold, holdMinutes, refuseTooMany } from '../booking/hold.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { takeAll } from '../booking/take-time.ts'
import { toInstant } from '../openings/minutes.ts'
import { needsFor } from '../resources/take-resources.ts'
import { takeTurns, turnsOf } from '../resources/turns.ts'
import { recut, refuseClosed } from '../rules/ask-rules.ts'
import { blockTaken } from './block-taken.ts'
import '../tables.ts'

interface Opening {
  offeringId: string
  startsAt: string
}

/** Thrown inside the transaction, so that nothing of a hold that came too late is kept. */
const tooLate = new Error('too late')

/** Gives the group's id and when it ends; refuses `block_taken` with where as many visits fit next. */
export async function holdTogether(
  context: Context,
  actor: Actor,
  openings: readonly Opening[],
  requestKey?: RequestKey,
) {
  const { db, now } = context
  const minutes = openings.map(({ startsAt }) => startMinuteOf(startsAt))
  return within(db, actor, async (tx) => {
    const before = await answered(tx, actor, requestKey)
    if (before) return readGroup(tx, actor, before)
    await refuseTooMany(tx, actor, now())
    const offerings = await together(
      openings.map(({ offeringId }, at) => readToBook(tx, actor.organizationId, offeringId, minutes[at] ?? 0)),
    )
    for (const [at, offering] of offerings.entries())
      await refuseClosed(tx, offering, { ...when(actor, minutes[at] ?? 0, now()), patient: null })
    if (offerings.some(({ isOpen }) => !isOpen)) throw tooLate
    const groupId = newId()
    const rival = await claim(tx, actor, requestKey, groupId)
    if (rival) return readGroup(tx, actor, rival)
    await takeTurns(tx, actor.organizationId, {
      practitionerIds: offerings.map(({ practitionerId }) => practitionerId),
      wanted: offerings.map((one) => ({ needs: needsFor(one, undefined), locationId: one.locationId })),
    })
    for (const [at, offering] of offerings.entries())
      await keep(tx, actor, { offering, groupId, startMinute: minutes[at] ?? 0, now: now() })
    return readGroup(tx, actor, groupId)
  }).catch(async (error: unknown) => {
    if (error !== tooLate) throw error
    throw await within(db, actor, (tx) => blockTaken(tx, actor, openings, now()))
  })
}

async function keep(
  tx: Tx,
  actor: Actor,
  one: { offering: OfferingFacts; groupId: string; startMinute: number; now: Temporal.Instant },
) {
  const { offering, groupId, startMinute, now } = one
  const id = newId()
  const needs = needsFor(offering, undefined)
  if (!(await takeAll(tx, actor, offering, { startMinute, now, holdId: id, needs }))) throw tooLate
  await tx
    .insertInto('scheduling.hold')
    .values({
      organizationId: actor.organizationId,
      id,
      groupId,
      offeringId: offering.id,
      practitionerId: offering.practitionerId,
      startsAt: toInstant(startMinute),
      endsAt: toInstant(startMinute + offering.minutes),
      expiresAt: now.add({ minutes: holdMinutes }),
      heldBy: actor.id,
    })
    .execute()
  await recut(tx, offering, when(actor, startMinute, now))
}

const when = ({ organizationId }: Actor, startMinute: number, now: Temporal.Instant) => ({
  organizationId,
  startMinute,
  now,
})

/** A group is opened by its id, which only its maker was told. */
async function holdsOf(tx: Tx, { organizationId }: Actor, groupId: string) {
  const holds = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', organizationId)
    .where('groupId', '=', groupId)
    .orderBy('id')
    .selectAll()
    .execute()
  return holds
}

async function readGroup(tx: Tx, actor: Actor, id: string) {
  const [first] = await holdsOf(tx, actor, id)
  if (!first) throw notFound('hold')
  return { id, expiresAt: first.expiresAt.toString() }
}

/** Gives every opening of the group back at once. */
export async function releaseTogether({ db, now }: Context, actor: Actor, groupId: string) {
  await within(db, actor, async (tx) => {
    const holds = await holdsOf(tx, actor, groupId)
    if (holds.length === 0) throw notFound('hold')
    await takeTurns(tx, actor.organizationId, {
      practitionerIds: [...holds.map(({ practitionerId }) => practitionerId), ...(await alsoTaken(tx, actor, holds))],
    })
    for (const held of holds) await freeHold(tx, held, now())
  })
}

/** Whose turns the rooms, devices and interpreters of these holds are. */
async function alsoTaken(tx: Tx, { organizationId }: Actor, holds: readonly { id: string }[]): Promise<string[]> {
  const taken = await tx
    .selectFrom('scheduling.takenTime')
    .where('organizationId', '=', organizationId)
    .where(
      'holdId',
      'in',
      holds.map(({ id }) => id),
    )
    .select('resourceId')
    .execute()
  return turnsOf(
    tx,
    organizationId,
    taken.map(({ resourceId }) => resourceId),
  )
}
