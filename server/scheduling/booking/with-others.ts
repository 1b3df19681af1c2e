/** Plain bookings that come at the same moment are carried out by one transaction: a group commit. */
import { isStaff } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { gathering } from '../../platform/gather.ts'
import { newId } from '../../platform/ids.ts'
import { claimAll } from '../../platform/once.ts'
import type { AppointmentView } from '../contract.ts'
import { bookedView, bookingOf, claimant, refusalOf, visitOf, type Asked } from './asked.ts'
import { readPatients, type Person } from './booker.ts'
import { readAllToBook, type OfferingFacts } from './offering.ts'
import { takeTimesFor, type Booking } from './take-time.ts'

/**
 * Books it with others or, by `alone`, by itself. A group is all or nothing, and stands for nobody's refusal: what is
 * not plainly possible, and everybody of a group that failed, goes alone and hears its own answer.
 */
export async function withOthers(asked: Asked, alone: () => Promise<AppointmentView>): Promise<AppointmentView> {
  const { context, actor, request } = asked
  const opening = `${actor.organizationId} ${request.offeringId}`
  const { wanted, join } = lineOf(context)
  const rival = wanted.get(opening)
  if (rival) await Promise.allSettled([rival])
  if (rival || !mayJoin(asked)) return alone()
  const own = join(actor.organizationId)(asked).then((view) => view ?? alone())
  wanted.set(opening, own)
  try {
    return await own
  } finally {
    wanted.delete(opening)
  }
}

/** Words are sealed with a key that may have to be made first, holds and interpreters are taken otherwise: they go alone. */
const plainly = new Set(['offeringId', 'startsAt', 'patientId', 'newPatient', 'language'])

/** Only those whose wall is the organization's alone share a transaction: a patient's rows are open to that patient's own. */
const mayJoin = ({ actor, request }: Asked) =>
  isStaff(actor) &&
  request.patientId !== undefined &&
  Object.entries(request).every(([name, value]) => value === undefined || plainly.has(name))

/** Nothing more than this can be wanted of an opening that goes with others. */
const isPlain = ({ isOpen, needs, rules, seats }: OfferingFacts) =>
  isOpen && needs === null && rules === null && seats === 1

/** Gives nothing for who has to go alone. */
type Join = (asked: Asked) => Promise<AppointmentView | undefined>

interface Line {
  /** Who books it now, by offering: a rival would make the whole group fail, and waits for the clinician's turn anyway. */
  wanted: Map<string, Promise<AppointmentView>>
  join(organizationId: string): Join
}

const lines = new WeakMap<Context, Line>()

function lineOf(context: Context): Line {
  const known = lines.get(context)
  if (known) return known
  const joins = new Map<string, Join>()
  const line: Line = {
    wanted: new Map(),
    join(organizationId) {
      let join = joins.get(organizationId)
      if (!join) joins.set(organizationId, (join = gathering(bookAll, { atOnce: 2, most: 16 })))
      return join
    },
  }
  lines.set(context, line)
  return line
}

interface Wish extends Booking {
  asked: Asked
  person: Person
}

/** Books all that go together, as whoever of them: their permission was asked at the door, and their wall is the same. */
async function bookAll(asks: readonly Asked[]): Promise<(AppointmentView | undefined)[]> {
  const [first] = asks
  if (!first) return []
  const { context, actor } = first
  let isWritten = false
  try {
    return await within(context.db, actor, async (tx) => {
      const wishes = await plainOf(tx, actor.organizationId, asks)
      if (wishes.length === 0) return []
      await writeAll(context, tx, actor.organizationId, wishes)
      isWritten = true
      return asks.map((asked) => {
        const wish = wishes.find((one) => one.asked === asked)
        return wish && bookedView(asked, { ...wish, resources: [], group: null })
      })
    })
  } catch (error) {
    // Nothing of it was kept, and each that goes alone meets the fault by itself. Of a commit that failed nobody knows.
    if (isWritten) throw error
    return []
  }
}

/** What can be booked by all that is known before anybody is waited for; of each clinician one. */
async function plainOf(tx: Tx, organizationId: string, asks: readonly Asked[]): Promise<Wish[]> {
  const [offerings, patients] = await together([
    readAllToBook(
      tx,
      organizationId,
      asks.map(({ request, startMinute }) => ({ offeringId: request.offeringId, startMinute })),
    ),
    readPatients(
      tx,
      organizationId,
      asks.map(({ booker }) => booker.patientId),
    ),
  ])
  const clinicians = new Set<string>()
  return asks.flatMap((asked) => {
    const offering = offerings.get(asked.request.offeringId)
    const person = patients.get(asked.booker.patientId)
    if (!offering || !person || !isPlain(offering) || clinicians.has(offering.practitionerId)) return []
    if (refusalOf(asked, offering, person)) return []
    clinicians.add(offering.practitionerId)
    const visit = { ...visitOf(asked, offering, person), id: newId(), reasonSealed: null }
    return [{ asked, person, ...bookingOf(asked, offering, visit) }]
  })
}

/** The keys first, then the turns, as everybody does who has both; then all that is written, in one wait. */
async function writeAll(context: Context, tx: Tx, organizationId: string, wishes: readonly Wish[]) {
  const claims = wishes.flatMap(({ asked, visit }) =>
    asked.requestKey ? [{ actor: claimant(asked), asked: asked.requestKey, resultId: visit.id }] : [],
  )
  const facts = wishes.map(({ visit }) => ({ organizationId, appointmentId: visit.id, version: 1 }))
  const [areNew, areGot] = await together([
    claimAll(tx, organizationId, claims),
    takeTimesFor(tx, organizationId, wishes, context.now()),
    context.announce(tx, 'appointment.booked', ...facts),
  ])
  if (!areNew || !areGot) throw new Error('not all of a group can be booked')
}
