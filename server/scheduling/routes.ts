/** What scheduling answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import { isPatientSide, type Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { keepTold } from '../platform/live-reply.ts'
import { may } from '../platform/permissions.ts'
import { server } from '../platform/serve.ts'
import { supportFor, visitTokenFor } from '../people/index.ts'
import { accessAppointment, type AppointmentRow } from './access.ts'
import { blockTime, unblockTime } from './desk/block.ts'
import { book, type Booked } from './booking/book.ts'
import { listCallBacks, settleCallBack } from './desk/call-backs.ts'
import { cancel } from './booking/cancel.ts'
import * as contract from './contract.ts'
import { readDay } from './desk/day.ts'
import { desk } from './desk/routes.ts'
import { countFacets } from './care/facets.ts'
import { moves } from './moves/routes.ts'
import { findCare } from './care/find-care.ts'
import { findOfferings, findOpenings, readOffering } from './openings/find-openings.ts'
import { extendHold, hold, holderOf, releaseHold } from './booking/hold.ts'
import type { Live } from './desk/live.ts'
import { openRecord, saveSupport, setWorksWith } from './records/open-record.ts'
import { linked } from './linked/routes.ts'
import { listMyVisits } from './list-my-visits.ts'
import { referrals } from './referrals/routes.ts'
import { exports } from './exports/routes.ts'
import { numbers } from './numbers/routes.ts'
import { overbooking } from './overbooking/routes.ts'
import { reschedule } from './booking/reschedule.ts'
import { resources } from './resources/routes.ts'
import { rules } from './rules/routes.ts'
import { appointmentView } from './view.ts'

export function scheduling(http: FastifyInstance, context: Context, live: Live) {
  const serve = server(http)
  const spoken = ({ language }: { language?: Language }) => language ?? 'en'

  serve(contract.findCare, ({ actor, query }) => findCare(context, actor, query))
  serve(contract.countFacets, async ({ actor, query }) => ({ facets: await countFacets(context, actor, query) }))
  serve(contract.listOfferings, async ({ actor, path, query }) => ({
    offerings: await findOfferings(context, actor, path.id, spoken(query)),
  }))
  serve(contract.listOpenings, ({ actor, path, query }) => findOpenings(context, actor, path.id, query))
  serve(contract.readOffering, ({ actor, path, query }) => readOffering(context, actor, path.id, spoken(query)))

  resources(http, context)
  serve(contract.holdOpening, async ({ actor, body, requestKey, request }) =>
    holdView(await hold(context, holderOf(context, actor, request.ip), body, requestKey)),
  )
  serve(contract.extendHold, async ({ actor, path, request }) =>
    holdView(await extendHold(context, holderOf(context, actor, request.ip), path.id)),
  )
  serve(contract.releaseHold, async ({ actor, path, request }) => {
    await releaseHold(context, holderOf(context, actor, request.ip), path.id)
    return { released: true }
  })

  serve(contract.bookAppointment, async ({ actor, body, requestKey }) =>
    bookedView(context, actor, body, await book(context, actor, body, requestKey)),
  )
  serve(contract.readAppointment, ({ actor, path, query }) => readVisit(context, actor, path.id, spoken(query)))
  serve(contract.readMyVisit, ({ actor, query }) => readVisit(context, actor, actor.visitId ?? '', spoken(query)))
  serve(contract.listMyVisits, ({ actor, query }) => listMyVisits(context, actor, spoken(query)))
  serve(contract.rescheduleAppointment, async ({ actor, path, body, requestKey }) =>
    changedView(context, actor, await reschedule(context, actor, { ...body, id: path.id }, requestKey)),
  )
  serve(contract.cancelAppointment, async ({ actor, path, body, requestKey }) =>
    changedView(context, actor, await cancel(context, actor, { ...body, id: path.id }, requestKey)),
  )

  linked(http, context)
  referrals(http, context)
  numbers(http, context)
  overbooking(http, context)
  exports(http, context)
  desk(http, context)

  serve(contract.openRecord, ({ actor, path, query }) => openRecord(context, actor, path.id, spoken(query)))
  serve(contract.saveSupport, ({ actor, path, body }) => saveSupport(context, actor, path.id, body))
  serve(contract.setWorksWith, async ({ actor, body }) => {
    await setWorksWith(context, actor, body)
    return { held: body.held }
  })

  rules(http, context)
  serve(contract.readDay, ({ actor, path, query }) =>
    readDay(context, actor, {
      day: path.day,
      ...(query.placeId && { placeId: query.placeId }),
      language: spoken(query),
    }),
  )
  moves(http, context)
  http.get('/api/scheduling/live', { config: { permission: 'day.read' } }, (request, reply) => {
    keepTold(request, reply, (tell) => live.listen(request.actor.organizationId, () => tell('changed')))
  })
  serve(contract.blockTime, async ({ actor, body, requestKey }) => ({
    id: await blockTime(context, actor, body, requestKey),
  }))
  serve(contract.unblockTime, async ({ actor, path }) => {
    await unblockTime(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.listCallBacks, async ({ actor }) => ({ callBacks: await listCallBacks(context, actor) }))
  serve(contract.settleCallBack, async ({ actor, path, body }) => {
    await settleCallBack(context, actor, path.id, body.outcome)
    return { id: path.id }
  })
}

const holdView = (row: { id: string; expiresAt: Temporal.Instant; extended: boolean }) => ({
  id: row.id,
  expiresAt: row.expiresAt.toString(),
  canExtend: !row.extended,
})

const readVisit = (context: Context, actor: Actor, id: string, language: Language) =>
  within(context.db, actor, async (tx) => {
    const row = await accessAppointment(tx, actor, id)
    const view = await appointmentView(tx, actor, row, { language, now: context.now() })
    if (!may(actor, 'support.read')) return view
    return { ...view, support: await supportFor(context, tx, actor, row.patientId) }
  })

const changedView = (context: Context, actor: Actor, row: AppointmentRow) =>
  within(context.db, actor, (tx) =>
    appointmentView(tx, actor, row, { language: row.language === 'es' ? 'es' : 'en', now: context.now() }),
  )

function bookedView(
  { keys }: Context,
  actor: Actor,
  request: contract.BookingRequest,
  { view, patientId, contactKind }: Booked,
) {
  const contact = request.guest?.contact
  const until = Temporal.Instant.from(view.endsAt).add({ hours: 24 })
  const forGuest = isPatientSide(actor)
  return {
    appointment: view,
    visitLink: forGuest
      ? visitTokenFor(keys, actor, { organizationId: actor.organizationId, visitId: view.id, patientId, until })
      : null,
    confirmationGoesTo:
      contact === undefined
        ? null
        : 'landline' in contact
          ? ('call' as const)
          : contactKind === 'phone'
            ? ('text' as const)
            : ('email' as const),
  }
}
