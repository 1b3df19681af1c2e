/** What people answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import { addPatient } from './add-patient.ts'
import * as contract from './contract.ts'
import { findPatients } from './find-patients.ts'
import { decideMatch, listMatchReviews } from './match-reviews.ts'
import { readOrganization } from './organization.ts'
import { proveContact } from './contact/prove-contact.ts'
import { sendContactCode } from './contact/send-contact-code.ts'
import { acceptInvitation, openInvitation } from './account/accept-invitation.ts'
import { invitePatient } from './account/invite-patient.ts'
import { joinRecord } from './account/join-record.ts'
import { account } from './account/routes.ts'
import { signIn } from './sign-in/routes.ts'
import { visitorOf } from './sign-in/visitor.ts'
import { staff } from './staff/routes.ts'
import { readMySupport, saveMySupport } from './support/index.ts'
import { proxies } from './proxies/routes.ts'
import { merges } from './merge/routes.ts'
import { practice } from './practice/routes.ts'
import { glass } from './break-glass/routes.ts'

export function people(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readClinic, async ({ actor }) => {
    const { name, phone, zone, demo, cancelCutoffMinutes } = await readOrganization(
      context.db.public,
      actor.organizationId,
    )
    return { name, phone, zone, demo, practice: context.practice !== undefined, cancelCutoffMinutes }
  })
  serve(contract.sendContactCode, ({ actor, body }) => sendContactCode(context, actor, body))
  serve(contract.proveContact, async ({ actor, path, body }) => ({
    proof: await proveContact(context, actor, path.id, body.code),
  }))

  serve(contract.findPatients, async ({ actor, query }) => ({ patients: await findPatients(context, actor, query) }))
  serve(contract.addPatient, ({ actor, body, requestKey }) => addPatient(context, actor, body, requestKey))
  serve(contract.listMatchReviews, async ({ actor }) => ({ reviews: await listMatchReviews(context, actor) }))
  serve(contract.decideMatch, async ({ actor, path, body }) => {
    await decideMatch(context, actor, path.id, body.decision)
    return { id: path.id }
  })

  serve(contract.invitePatient, ({ actor, path, body }) => invitePatient(context, actor, path.id, body.kind))
  serve(contract.openInvitation, (call) => openInvitation(context, visitorOf(context, call), call.body))
  serve(contract.acceptInvitation, ({ actor, body }) => acceptInvitation(context, actor, body))
  serve(contract.joinRecord, (call) => joinRecord(context, visitorOf(context, call), call.body))

  serve(contract.readMySupport, ({ actor }) => readMySupport(context, actor))
  serve(contract.saveMySupport, ({ actor, body }) => saveMySupport(context, actor, body))

  signIn(http, context)
  account(http, context)
  staff(http, context)
  proxies(http, context)
  glass(http, context)
  merges(http, context)
  practice(http, context)
}
