/** The register as a person reads it: every service, who carries it, until when, and what the gate says of that now. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { services } from './gate.ts'
import { listVendors } from './register.ts'
import { endsSoon, gateOf, standingOf } from './standing.ts'

type Entered = Awaited<ReturnType<typeof listVendors>>[number]

/** Every service there is, also one that nobody carries; vendors of the past apart, newest first. */
export async function showVendors({ db, now }: Context, actor: Actor) {
  const { organizationId } = actor
  const at = now()
  const vendors = await within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'Contract', purpose: 'OPS' })
    return listVendors(tx, organizationId)
  })
  return {
    services: services.map((service) => {
      const vendor = vendors.find((one) => one.service === service && one.endedAt === null)
      const agreements = vendor?.agreements ?? []
      return {
        service,
        vendor: vendor ? viewOf(vendor, at) : null,
        gate: gateOf({ organizationId, service, vendor, agreements, now: at }),
        endsSoon: endsSoon(agreements, at),
      }
    }),
    past: vendors.filter(({ endedAt }) => endedAt !== null).map((vendor) => viewOf(vendor, at)),
  }
}

function viewOf({ id, service, kind, name, enteredAt, endedAt, agreements }: Entered, now: Temporal.Instant) {
  return {
    id,
    service,
    kind,
    name,
    enteredAt: enteredAt.toString(),
    endedAt: endedAt?.toString() ?? null,
    agreements: agreements.map((paper) => ({
      id: paper.id,
      dataClasses: paper.dataClasses,
      firstDay: dayOf(paper.validFrom),
      lastDay: dayOf(paper.validUntil.subtract({ nanoseconds: 1 })),
      signedBy: paper.signedBy,
      evidence: paper.evidence,
      standing: standingOf(paper, now),
    })),
  }
}

const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO('UTC').toPlainDate().toString()
