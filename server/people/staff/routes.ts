/** What people answers about staff over HTTP. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import type { Finished } from '../sign-in/finish-sign-in.ts'
import { requireFreshProof } from '../account/own-account.ts'
import { giveCookie, visitorOf } from '../sign-in/visitor.ts'
import { addStaff, renewEnrolment } from './add-staff.ts'
import { endStaff, setRole } from './change-staff.ts'
import * as contract from './contract.ts'
import { enrolWithPasskey, enrolWithPassword, startEnrolment } from './enrol.ts'
import { listRoles } from './list-roles.ts'
import { listStaff } from './list-staff.ts'

export function staff(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.listStaff, async ({ actor }) => ({ staff: await listStaff(context, actor) }))
  serve(contract.listRoles, async () => ({ permissions: listRoles() }))
  // What an administrator does about others asks for a fresh proof of the administrator.
  serve(contract.addStaff, async ({ actor, body }) => {
    requireFreshProof(context, actor)
    return addStaff(context, actor, body)
  })
  serve(contract.renewEnrolment, async ({ actor, path }) => {
    requireFreshProof(context, actor)
    return renewEnrolment(context, actor, path.id)
  })
  serve(contract.setRole, async ({ actor, path, body }) => {
    requireFreshProof(context, actor)
    await setRole(context, actor, path.id, body)
    return { id: path.id }
  })
  serve(contract.endStaff, async ({ actor, path }) => {
    await endStaff(context, actor, path.id)
    return { id: path.id }
  })

  const enrolled = (
    reply: FastifyReply,
    { finished, recoveryCodes }: { finished: Finished; recoveryCodes: string[] },
  ) => {
    if (finished.token !== undefined) giveCookie(context, reply, finished.token)
    return { signIn: finished.reply, recoveryCodes }
  }
  serve(contract.startEnrolment, (call) => startEnrolment(context, visitorOf(context, call), call.body.token))
  serve(contract.enrolWithPasskey, async (call) =>
    enrolled(call.reply, await enrolWithPasskey(context, visitorOf(context, call), call.body)),
  )
  serve(contract.enrolWithPassword, async (call) =>
    enrolled(call.reply, await enrolWithPassword(context, visitorOf(context, call), call.body)),
  )
}
