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
import { endSession, readSessionName, signInDemo } from './session.ts'
import { sessionCookie } from './who-is.ts'

export function people(http: FastifyInstance, context: Context) {
  const serve = server(http)
  // Lax: a link in a message may open a page signed in, while no other site can post.
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: context.config.production } as const

  serve(contract.readClinic, async ({ actor }) => {
    const { name, phone, zone, demo, cancelCutoffMinutes } = await readOrganization(
      context.db.public,
      actor.organizationId,
    )
    return { name, phone, zone, demo, cancelCutoffMinutes }
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

  serve(contract.demoSignIn, async ({ actor, request, reply }) => {
    const { token, name, role } = await signInDemo(context, actor)
    const before = request.cookies[sessionCookie]
    if (before) await endSession(context, before)
    reply.setCookie(sessionCookie, token, cookie)
    return { name, role }
  })
  serve(contract.readSession, async ({ actor, request }) => {
    const token = actor.role === 'front_desk' ? request.cookies[sessionCookie] : undefined
    return { name: token ? await readSessionName(context, token) : null, role: actor.role }
  })
  serve(contract.signOut, async ({ request, reply }) => {
    const token = request.cookies[sessionCookie]
    reply.clearCookie(sessionCookie, cookie)
    return { ended: token ? await endSession(context, token) : false }
  })
}
