/** What a rule would do, before anything of it is saved: to past weeks, to coming openings, and to visits that are booked. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { Rule } from './in-force.ts'
import { isOfPatients } from './judge.ts'
import { readBookings, type Known } from './read-bookings.ts'
import { refusedIn } from './replay.ts'
import { allInForce, countOpenings, newRule, supposed, type Wanted } from './supposed.ts'
import { unfitBecause } from './unfit.ts'
import { readWish, scopeOf, type Wish } from './wish.ts'
import './tables.ts'

export async function previewRule(
  { db, now }: Context,
  actor: Actor,
  { weeks = 8, ...wish }: Wanted & { weeks?: number },
) {
  const { organizationId } = actor
  readWish(wish)
  return within(db, actor, async (tx) => {
    const wanted = { ...wish, ruleId: wish.ruleId ?? (await sameRule(tx, organizationId, wish)) }
    const unfit = await unfitBecause(tx, organizationId, wanted, now())
    const past = await pastWeeks(tx, organizationId, wanted, { now: now(), weeks })
    const openings = await countOpenings(tx, organizationId, wanted, now())
    const broken = await brokenVisits(tx, organizationId, wanted, now())
    await audit(tx, actor, { action: 'search', resourceType: 'Appointment', purpose: 'OPS' })
    return {
      unfit: unfit ? { code: unfit.code, sentence: unfit.message, ...spanish(unfit) } : null,
      past,
      openings,
      broken: broken.map(({ appointmentId, startsAt, clinician, visitType }) => ({
        appointmentId,
        startsAt,
        clinician,
        visitType,
      })),
    }
  })
}

function spanish({ extra: { sentence } }: Refusal) {
  const es = typeof sentence === 'object' && sentence !== null && 'es' in sentence ? sentence.es : undefined
  return typeof es === 'string' ? { es } : {}
}

/** The rule of this kind, subject and scope that is there already: the wish is a version of it. */
async function sameRule(tx: Tx, organizationId: string, wish: Wish): Promise<string> {
  const { locationId, practitionerId, visitTypeId } = scopeOf(wish.scope)
  const found = await tx
    .selectFrom('scheduling.rule')
    .where('organizationId', '=', organizationId)
    .where('kind', '=', wish.kind)
    .where('subject', '=', readWish(wish))
    .where('locationId', 'is not distinct from', locationId)
    .where('practitionerId', 'is not distinct from', practitionerId)
    .where('visitTypeId', 'is not distinct from', visitTypeId)
    .select('id')
    .executeTakeFirst()
  return found?.id ?? newRule
}

interface Weeks {
  now: Temporal.Instant
  weeks: number
}

/** How many of the visits of past weeks it would have refused, had it been there: nothing else of them is told. */
async function pastWeeks(tx: Tx, organizationId: string, wish: Wanted, { now, weeks }: Weeks) {
  const from = now.subtract({ hours: weeks * 7 * 24 })
  const bookings = await bookingsFor(tx, organizationId, wish, { from, until: now })
  const rule = supposed({ ...wish, untilDay: null }, '0001-01-01')
  const others = await othersAsIfAlways(tx, organizationId, wish)
  return { weeks, visits: bookings.length, refused: rule ? refusedIn(bookings, rule, others).length : 0 }
}

async function othersAsIfAlways(tx: Tx, organizationId: string, { ruleId }: Wanted): Promise<Rule[]> {
  const rules = await allInForce(tx, organizationId)
  return rules.filter((rule) => rule.ruleId !== ruleId)
}

/** The visits to come that it refuses, from its day on. They stay: each is kept as an exception, or moved by the desk. */
export async function brokenVisits(
  tx: Tx,
  organizationId: string,
  wish: Wanted,
  now: Temporal.Instant,
): Promise<Known[]> {
  const rule = supposed(wish, wish.fromDay)
  if (!rule) return []
  const until = now.add({ hours: 24 * 400 })
  const bookings = await bookingsFor(tx, organizationId, wish, { from: now, until })
  const refused = new Set<unknown>(refusedIn(bookings, rule, await othersAsIfAlways(tx, organizationId, wish)))
  return bookings.filter((booked) => refused.has(booked)).toSorted((a, b) => a.visit.when.start - b.visit.when.start)
}

/** A day that began counts whole: a cap counts this morning's visits too. */
async function bookingsFor(
  tx: Tx,
  organizationId: string,
  wish: Wanted,
  span: { from: Temporal.Instant; until: Temporal.Instant },
) {
  return readBookings(tx, organizationId, scopeOf(wish.scope), { ...span, ofPatients: isOfPatients(wish) })
}
