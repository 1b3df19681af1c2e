/** The register of vendors: who carries what for an organization and under which signed agreement. Ended, never deleted. */
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { conflict, invalid, notFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { DataClass, Trade } from './gate.ts'
import './tables.ts'

/** The carrier of a service now, and its agreements that nobody ended; whether they are in force is the gate's to say. */
export async function readCarrier(tx: Tx, organizationId: string, service: Trade) {
  const vendor = await tx
    .selectFrom('partners.vendor')
    .where('organizationId', '=', organizationId)
    .where('service', '=', service)
    .where('endedAt', 'is', null)
    .selectAll()
    .executeTakeFirst()
  if (!vendor || vendor.kind === 'own') return { vendor, agreements: [] }
  const agreements = await tx
    .selectFrom('partners.agreement')
    .where('organizationId', '=', organizationId)
    .where('vendorId', '=', vendor.id)
    .where('endedAt', 'is', null)
    .selectAll()
    .orderBy('validUntil')
    .execute()
  return { vendor, agreements }
}

interface NewVendor {
  readonly service: Trade
  readonly kind: 'outside' | 'own'
  readonly name: string
}

/**
 * Enters who carries a service from now on; gives the id, the same one for the same vendor. Refuses `vendor_there` while
 * another one carries it.
 */
export async function enterVendor(tx: Tx, actor: Actor, now: Temporal.Instant, entered: NewVendor): Promise<string> {
  const { organizationId } = actor
  const { vendor } = await readCarrier(tx, organizationId, entered.service)
  if (vendor?.name === entered.name && vendor.kind === entered.kind) return vendor.id
  if (vendor) throw conflict('vendor_there', `${vendor.name} carries ${entered.service} now: end that first.`)
  const id = newId()
  const entry = await tx
    .insertInto('partners.vendor')
    .values({ organizationId, id, ...entered, enteredBy: actor.id, enteredAt: now })
    .onConflict((same) => same.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!entry) throw conflict('vendor_there', `Somebody has just entered who carries ${entered.service}.`)
  await trail(tx, actor, id, ['vendor', entered.service, entered.kind])
  return id
}

interface Signed {
  readonly vendorId: string
  readonly dataClasses: readonly DataClass[]
  readonly validFrom: Temporal.Instant
  readonly validUntil: Temporal.Instant
  readonly signedBy: string
  readonly evidence: string
}

/** Enters a signed agreement. Refuses `not_found` for an ended vendor, `no_classes`, and `ends_before` it begins. */
export async function signAgreement(tx: Tx, actor: Actor, now: Temporal.Instant, signed: Signed): Promise<string> {
  const { organizationId } = actor
  const { vendorId, validFrom, validUntil } = signed
  const classes = signed.dataClasses.filter((one) => one !== 'none')
  if (classes.length === 0) throw invalid('no_classes', 'An agreement names what the vendor may be given.')
  if (Temporal.Instant.compare(validFrom, validUntil) >= 0)
    throw invalid('ends_before', 'An agreement ends after it begins.')
  await knowVendor(tx, organizationId, vendorId)
  const id = newId()
  await tx
    .insertInto('partners.agreement')
    .values({ organizationId, id, ...signed, dataClasses: classes, enteredBy: actor.id, enteredAt: now })
    .execute()
  await trail(tx, actor, id, ['agreement', ...classes])
  return id
}

/** Ends a vendor and its agreements at once. Refuses `not_found`. */
export async function endVendor(tx: Tx, actor: Actor, now: Temporal.Instant, id: string) {
  const { organizationId } = actor
  await knowVendor(tx, organizationId, id)
  const end = { endedBy: actor.id, endedAt: now }
  await tx
    .updateTable('partners.agreement')
    .set(end)
    .where('organizationId', '=', organizationId)
    .where('vendorId', '=', id)
    .where('endedAt', 'is', null)
    .execute()
  await tx
    .updateTable('partners.vendor')
    .set(end)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()
  await trail(tx, actor, id, ['vendor', 'ended'])
}

/** Every vendor that ever was, newest first, each with all its agreements. */
export async function listVendors(tx: Tx, organizationId: string) {
  const [vendors, agreements] = await Promise.all([
    tx
      .selectFrom('partners.vendor')
      .where('organizationId', '=', organizationId)
      .selectAll()
      .orderBy('id', 'desc')
      .execute(),
    tx
      .selectFrom('partners.agreement')
      .where('organizationId', '=', organizationId)
      .selectAll()
      .orderBy('id', 'desc')
      .execute(),
  ])
  return vendors.map((vendor) => ({
    ...vendor,
    agreements: agreements.filter(({ vendorId }) => vendorId === vendor.id),
  }))
}

async function knowVendor(tx: Tx, organizationId: string, id: string) {
  const found = await tx
    .selectFrom('partners.vendor')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  if (!found) throw notFound('vendor')
}

const trail = (tx: Tx, actor: Actor, resourceId: string, fields: readonly string[]) =>
  audit(tx, actor, { action: 'update', resourceType: 'Contract', resourceId, fields, purpose: 'OPS' })

/**
 * Says that the organization's mail and texts are its own: the twins that keep everything on this machine. For the demo;
 * an operator says it of an own relay with `attend vendor own`. Says it once: what was ended stays ended.
 */
export async function enterOwnCarriers({ db, now }: Pick<Context, 'db' | 'now'>, organizationId: string) {
  const actor = system(organizationId, 'own-carriers')
  await within(db, actor, async (tx) => {
    const known = await listVendors(tx, organizationId)
    for (const service of ['mail', 'texts'] as const)
      if (!known.some((vendor) => vendor.service === service))
        await enterVendor(tx, actor, now(), { service, kind: 'own', name: 'Mailbox of this machine' })
  })
}
