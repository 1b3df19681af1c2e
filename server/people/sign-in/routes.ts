/** What sign-in answers over HTTP: each line a contract, the function that fulfils it, the cookie that follows. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { signInDemo } from './demo.ts'
import type { Finished } from './finish-sign-in.ts'
import { giveSecondFactor } from './give-second-factor.ts'
import { lockSession, unlockSession } from './lock-session.ts'
import { askForPasskey } from './passkeys.ts'
import { readSession } from './read-session.ts'
import { resetPassword } from './reset-password.ts'
import { endSession } from './sessions.ts'
import { signInWithPasskey } from './sign-in-with-passkey.ts'
import { signInWithPassword } from './sign-in-with-password.ts'
import { signInWithProof } from './sign-in-with-proof.ts'
import { switchRole } from './switch-role.ts'
import { giveCookie, visitorOf } from './visitor.ts'

export function signIn(http: FastifyInstance, context: Context) {
  const serve = server(http)
  const finish = (reply: FastifyReply, { token, reply: told }: Finished) => {
    if (token !== undefined) giveCookie(context, reply, token)
    return told
  }

  serve(contract.startPasskeySignIn, ({ actor }) => askForPasskey(context, actor.organizationId))
  serve(contract.signInWithPasskey, async (call) =>
    finish(call.reply, await signInWithPasskey(context, visitorOf(context, call), call.body)),
  )
  serve(contract.signInWithPassword, async (call) =>
    finish(call.reply, await signInWithPassword(context, visitorOf(context, call), call.body)),
  )
  serve(contract.giveSecondFactor, async (call) =>
    finish(call.reply, await giveSecondFactor(context, visitorOf(context, call), call.body)),
  )
  serve(contract.signInWithProof, async (call) =>
    finish(call.reply, await signInWithProof(context, visitorOf(context, call), call.body)),
  )
  serve(contract.resetPassword, (call) => resetPassword(context, visitorOf(context, call), call.body))

  serve(contract.demoSignIn, async (call) => {
    const { token, name, role } = await signInDemo(context, visitorOf(context, call), call.body.role)
    giveCookie(context, call.reply, token)
    return { name, role }
  })
  serve(contract.readSession, ({ actor }) => readSession(context, actor))
  serve(contract.signOut, async (call) => {
    const ended = await endSession(context, visitorOf(context, call))
    giveCookie(context, call.reply, undefined)
    call.reply.header('clear-site-data', '"cache", "storage"')
    return { ended }
  })
  serve(contract.lockSession, (call) => lockSession(context, visitorOf(context, call)))
  serve(contract.unlockSession, (call) => unlockSession(context, visitorOf(context, call), call.body))
  serve(contract.switchRole, async (call) => {
    giveCookie(context, call.reply, await switchRole(context, visitorOf(context, call), call.body.role))
    return { role: call.body.role }
  })
}
