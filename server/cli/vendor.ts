/** `attend vendor …`: who carries what for an organization, and under which signed agreement. */
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { dataClasses, endVendor, enterVendor, listVendors, services, signAgreement } from '../partners/index.ts'

export const vendorHelp = `
  vendor list                    who carries mail, texts … and what they may   --organization demo
  vendor sign                    a signed business associate agreement         --service mail --name "Carrier" --classes visit,billing
                                 [--from 2026-12-01] --until 2027-12-01 --signed-by "Name" --evidence "file 12"
  vendor own                     a system of the organization’s own, that      --service mail --name "Our relay"
                                 nobody else sees into
  vendor end <id>                ends it and its agreements at once            --organization demo`

export const vendorOptions = {
  service: { type: 'string' },
  classes: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  'signed-by': { type: 'string' },
  evidence: { type: 'string' },
} as const

export interface VendorWords {
  readonly name?: string | undefined
  readonly service?: string | undefined
  readonly classes?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly 'signed-by'?: string | undefined
  readonly evidence?: string | undefined
}

const actorOf = (organizationId: string) => system(organizationId, 'command-line')

/** A line a vendor and a line an agreement. */
export async function showVendors({ db, now }: Context, organizationId: string): Promise<string[]> {
  const vendors = await within(db, actorOf(organizationId), (tx) => listVendors(tx, organizationId))
  if (vendors.length === 0) return ['No vendor: every message says only that there is one, and where to sign in.']
  return vendors.flatMap((vendor) => [
    `${vendor.id}  ${vendor.service}: ${vendor.name} (${vendor.kind})${ended(vendor)}`,
    ...vendor.agreements.map((paper) => {
      const isOver = Temporal.Instant.compare(paper.validUntil, now()) <= 0
      const span = `${dayOf(paper.validFrom)} to ${dayOf(paper.validUntil)}${isOver ? ', over' : ''}`
      return `    signed by ${paper.signedBy}, ${span}: ${paper.dataClasses.join(', ')} (${paper.evidence})${ended(paper)}`
    }),
  ])
}

/** Enters the vendor where it is not there yet, and its agreement. Throws with a sentence when a word is missing. */
export async function signVendor({ db, now }: Context, organizationId: string, words: VendorWords): Promise<string> {
  const { name, classes = '', until, 'signed-by': signedBy, evidence } = words
  const service = serviceOf(words)
  const asked = dataClasses.filter((one) => one !== 'none' && classes.split(',').includes(one))
  if (!name || !until || !signedBy || !evidence || asked.length !== new Set(classes.split(',')).size)
    throw new Error('Give --name, --until, --signed-by, --evidence and --classes: visit, billing, clinical, sensitive.')
  const actor = actorOf(organizationId)
  return within(db, actor, async (tx) => {
    const vendorId = await enterVendor(tx, actor, now(), { service, name, kind: 'outside' })
    return signAgreement(tx, actor, now(), {
      vendorId,
      dataClasses: asked,
      validFrom: words.from === undefined ? now() : startOf(words.from),
      validUntil: startOf(until),
      signedBy,
      evidence,
    })
  })
}

/** Says that a service is the organization's own system. */
export async function ownVendor({ db, now }: Context, organizationId: string, words: VendorWords): Promise<string> {
  const service = serviceOf(words)
  const { name } = words
  if (!name) throw new Error('Give --name.')
  const actor = actorOf(organizationId)
  return within(db, actor, (tx) => enterVendor(tx, actor, now(), { service, name, kind: 'own' }))
}

export async function stopVendor({ db, now }: Context, organizationId: string, id: string | undefined) {
  if (!id) throw new Error('Say which vendor: its id.')
  const actor = actorOf(organizationId)
  await within(db, actor, (tx) => endVendor(tx, actor, now(), id))
}

function serviceOf(words: VendorWords) {
  const service = services.find((one) => one === words.service)
  if (!service) throw new Error(`Give --service: ${services.join(', ')}.`)
  return service
}

/** An agreement's days are told in UTC: they begin and end with the day. */
const startOf = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant()
const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO('UTC').toPlainDate().toString()
const ended = ({ endedAt }: { endedAt: Temporal.Instant | null }) => (endedAt ? `, ended ${dayOf(endedAt)}` : '')
