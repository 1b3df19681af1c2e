/** What privacy answers over HTTP. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import { ownPatient } from './access.ts'
import { readAccessLog, readNamedLog } from './access-log.ts'
import { answerAmendment } from './amendments/answer.ts'
import { askAmendment } from './amendments/ask.ts'
import { disagree } from './amendments/disagree.ts'
import { listAmendments, listMyAmendments } from './amendments/list.ts'
import { listMyConsents, sayConsent } from './consents.ts'
import * as contract from './contract.ts'
import { listDisclosures, listMyDisclosures, recordDisclosure } from './disclosures.ts'
import { findPeople } from './find-people.ts'
import { endHold, listHolds, placeHold } from './holds.ts'
import { approveLettingGo, proposeLettingGo, withdrawLettingGo } from './let-go.ts'
import { listLooks } from './list-looks.ts'
import { listRetention } from './list-retention.ts'
import { reviewLook } from './review-look.ts'

export function privacy(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readMyAccessReport, ({ actor, query }) =>
    readAccessLog(context, actor, { ...query, patientId: ownPatient(actor) }),
  )
  serve(contract.askAmendment, ({ actor, body, requestKey }) => askAmendment(context, actor, body, requestKey))
  serve(contract.listMyAmendments, async ({ actor }) => ({ amendments: await listMyAmendments(context, actor) }))
  serve(contract.disagree, ({ actor, path, body }) =>
    disagree(context, actor, { id: path.id, statement: body.statement }),
  )
  serve(contract.listMyDisclosures, async ({ actor }) => ({ disclosures: await listMyDisclosures(context, actor) }))
  serve(contract.listMyConsents, async ({ actor }) => ({ consents: await listMyConsents(context, actor) }))
  serve(contract.sayConsent, async ({ actor, body }) => ({ consents: await sayConsent(context, actor, body) }))

  serve(contract.readAccessLog, ({ actor, query }) => readNamedLog(context, actor, query))
  serve(contract.findPeople, ({ actor, query }) => findPeople(context, actor, query))
  serve(contract.listLooks, async ({ actor, query }) => ({ looks: await listLooks(context, actor, query) }))
  serve(contract.reviewLook, async ({ actor, body }) => {
    await reviewLook(context, actor, body)
    return { reviewed: true }
  })
  serve(contract.listAmendments, async ({ actor, query }) => ({
    amendments: await listAmendments(context, actor, query),
  }))
  serve(contract.answerAmendment, ({ actor, path, body }) => answerAmendment(context, actor, { ...body, id: path.id }))
  serve(contract.recordDisclosure, ({ actor, body, requestKey }) => recordDisclosure(context, actor, body, requestKey))
  serve(contract.listDisclosures, ({ actor, path }) => listDisclosures(context, actor, path.id))
  serve(contract.listHolds, async ({ actor }) => ({ holds: await listHolds(context, actor) }))
  serve(contract.placeHold, async ({ actor, body, requestKey }) => ({
    id: await placeHold(context, actor, body, requestKey),
  }))
  serve(contract.endHold, async ({ actor, path }) => {
    await endHold(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.proposeLettingGo, async ({ actor, body }) => ({
    id: await proposeLettingGo(context, actor, body.patientId),
  }))
  serve(contract.approveLettingGo, async ({ actor, path }) => {
    await approveLettingGo(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.withdrawLettingGo, async ({ actor, path }) => {
    await withdrawLettingGo(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.listRetention, async ({ actor }) => ({ records: await listRetention(context, actor) }))
}
