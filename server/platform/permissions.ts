/** Who may do what: the one table. Every endpoint names one line of it; the least each role needs, and no more. */
import { askingRoles, proxyScopes, staffRoles, type Actor, type ProxyScope, type Role } from './actor.ts'

const everyone: readonly Role[] = askingRoles
const bookers = ['anyone', 'guest', 'patient', 'front_desk', 'scheduler', 'clinician', 'client'] as const
const signedIn = ['patient', ...staffRoles] as const

const table = {
  // Open to all
  'public.read': everyone, // find care, clinics, clinicians, plans: facts on the clinic's own door
  'listing.report': ['anyone', 'guest', ...signedIn], // say that something of a listing is wrong
  'session.use': everyone, // sign in, see who is signed in, lock, sign out
  'mailbox.read': everyone, // development only; production does not have it
  'practice.clock': everyone, // a practice copy only; no other has it
  'contact.prove': ['anyone', 'guest', ...signedIn], // a code shows that a phone or email is in somebody's hands

  // One's own account
  'account.use': signedIn, // own passkeys, password, devices
  'account.join': ['patient'], // own account to own record

  // Patients
  'patient.find': ['front_desk', 'scheduler', 'nurse', 'clinician', 'biller', 'client'],
  'patient.add': ['front_desk', 'client'],
  'patient.match': ['front_desk'], // is the guest somebody we know; two records that are one patient
  'merge.read': ['front_desk', 'practice_admin', 'auditor'], // what was merged, why and by whom
  'patient.invite': ['front_desk'], // to an account of their own

  // What a patient needs at every visit: access, hearing, sight, an interpreter, more time
  'support.own': ['patient'],
  'support.read': ['guest', 'patient', 'front_desk', 'scheduler', 'nurse', 'clinician', 'client'], // where the patient is expected
  'support.keep': ['front_desk', 'nurse', 'clinician', 'client'], // as the patient told them

  // People who act for others
  'proxy.act': ['patient'], // choose for whom
  'proxy.own': ['patient'], // who may act for me: invite, see, end
  'proxy.ask': ['patient'], // a parent for a child; accept an invitation
  'proxy.decide': ['front_desk'], // verify, give, end, block

  // Records that open to those who care, or with a reason
  'record.open': ['front_desk', 'scheduler', 'nurse', 'clinician', 'biller', 'client'], // one patient with their visits
  'glass.break': ['front_desk', 'scheduler', 'nurse', 'clinician', 'biller'],
  'glass.review': ['auditor', 'practice_admin'],
  'care-team.read': ['auditor', 'practice_admin'], // who is named to care, and how the record is marked
  'care-team.manage': ['practice_admin'],
  'record-flag.manage': ['auditor', 'practice_admin'], // a record that curiosity goes to
  'access-rules.manage': ['practice_admin'], // ages, windows, what patients are told

  // Visits
  'appointment.book': bookers,
  'appointment.overbook': ['scheduler', 'clinician'], // beside another visit, with a reason, on a report
  'overbooking.read': ['scheduler', 'practice_admin'], // the report: whose, by whom and why, no patient named
  'appointment.change': ['guest', 'patient', 'front_desk', 'scheduler', 'nurse', 'clinician', 'client'],
  'appointment.read': [
    'guest',
    'patient',
    'front_desk',
    'scheduler',
    'nurse',
    'clinician',
    'biller',
    'practice_admin',
    'client',
  ],
  'visit.list': ['patient'], // one's own, or of whom one acts for
  'visit.open': ['guest'], // what a visit link opens
  'visit.reason': ['guest', 'patient', 'front_desk', 'nurse', 'clinician', 'client'], // why they come, in their words
  'day.read': ['front_desk', 'scheduler', 'nurse', 'clinician'],
  'schedule.block': ['front_desk', 'scheduler'],
  'bulk-move.work': ['front_desk', 'scheduler'], // a clinician is ill or leaves: new times for all their visits
  'listing.check': ['front_desk', 'scheduler'], // confirm and correct what visitors are shown of clinicians
  'numbers.read': ['scheduler', 'quality_manager', 'practice_admin'], // phantom openings, waits, fill: nobody's health
  'resource.read': ['front_desk', 'scheduler', 'nurse', 'clinician', 'practice_admin'], // rooms, devices, interpreters
  'resource.manage': ['scheduler', 'practice_admin'],
  'rule.read': ['front_desk', 'scheduler', 'nurse', 'clinician', 'practice_admin'], // what may be booked when, and who decided it
  'rule.propose': ['scheduler', 'practice_admin'],
  'rule.approve': ['scheduler', 'practice_admin'], // nobody their own
  'authorization.record': ['front_desk', 'scheduler'], // an insurer authorized a visit
  'call-back.work': ['front_desk', 'scheduler'],
  'referral.make': ['front_desk', 'scheduler', 'nurse', 'clinician', 'client'], // send a patient to somebody
  'referral.work': ['front_desk', 'scheduler', 'nurse', 'clinician'], // see which nobody booked, send the link, close
  'referral.open': everyone, // what a referral’s link opens; the link is the credential
  'message.trace': ['front_desk', 'scheduler', 'nurse', 'client'], // how a message about a visit fared

  // Privacy
  'privacy.own': ['patient'], // who opened mine, corrections, disclosures, consents
  'privacy.watch': ['auditor'], // who opened what; the privacy officer works as auditor
  'privacy.work': ['auditor', 'practice_admin'], // corrections, disclosures, holds
  'retention.decide': ['auditor', 'practice_admin'], // let a record go: one proposes, another approves

  // Programs
  'fhir.describe': everyone, // what the FHIR R4 door is and where to sign in to it
  'fhir.directory': everyone, // who works where, plans and networks, as FHIR (Plan-Net): what public.read shows
  'fhir.use': ['client'], // the FHIR R4 door; apps too, as their scopes say
  'app.connect': ['patient', 'front_desk', 'nurse', 'clinician'], // let an app in, end that
  'app.launch': ['front_desk', 'nurse', 'clinician'], // start an app from a chart
  'calendar-feed.own': ['clinician'], // a secret address of one's own visits, for a calendar program
  'calendar-feed.oversee': ['practice_admin'], // see and end those of colleagues
  'calendar-feed.read': everyone, // the address is the credential; what it shows names nobody
  'webhook.manage': ['practice_admin'], // other systems that are told of visits

  // Staff
  'staff.read': ['practice_admin', 'auditor'],
  'staff.manage': ['practice_admin'], // nobody their own

  // Outside services, and what they signed
  'vendor.read': ['practice_admin', 'auditor'],
  'vendor.manage': ['practice_admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof table

/** The table as it is walked by documents and tests: permission to roles. */
export const permissions: Readonly<Record<Permission, readonly Role[]>> = table

const granted: Readonly<Record<string, ReadonlySet<Role>>> = Object.fromEntries(
  Object.entries(permissions).map(([permission, roles]) => [permission, new Set(roles)]),
)

/** Whether a role has a permission; the product itself has all. */
export function may(actor: Pick<Actor, 'role'>, permission: Permission): boolean {
  return actor.role === 'system' || granted[permission]?.has(actor.role) === true
}

/**
 * What may be asked for another whom one acts for, and the scopes of the grant that it takes. What is not here may not be
 * asked, so that a new line is closed to proxies until somebody opens it.
 */
const forAnother: Readonly<Partial<Record<Permission, readonly ProxyScope[]>>> = {
  'public.read': [],
  'listing.report': [],
  'fhir.describe': [],
  'fhir.directory': [],
  'mailbox.read': [],
  'practice.clock': [],
  'session.use': [],
  'account.use': [],
  'contact.prove': [],
  'proxy.act': [],
  'appointment.book': ['book'],
  'appointment.change': ['book'],
  'appointment.read': ['book'],
  'visit.list': ['book'],
  'support.own': ['book'],
  'referral.open': [],
  'visit.open': ['book'], // by a link that ends with the grant
  'privacy.own': proxyScopes,
}
/** Shows the whole record: not to whom a part of it is hidden. */
const whole: ReadonlySet<Permission> = new Set(['privacy.own'])

function mayForAnother({ proxy }: Pick<Actor, 'proxy'>, permission: Permission): boolean {
  const needed = forAnother[permission]
  if (!needed || (proxy?.withoutConfidential && whole.has(permission))) return false
  return needed.every((scope) => proxy?.scopes.includes(scope))
}

/** What a request may ask for. An app that somebody let in knocks at the FHIR door only, whatever its person may elsewhere. */
export function mayAsk(actor: Pick<Actor, 'role' | 'app' | 'actingFor' | 'proxy'>, permission: Permission): boolean {
  if (actor.app) return permission.startsWith('fhir.')
  return may(actor, permission) && (actor.actingFor === undefined || mayForAnother(actor, permission))
}
