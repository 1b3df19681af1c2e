/** What an account answers to its owner over HTTP. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { giveCookie, visitorOf } from '../sign-in/visitor.ts'
import { addPasskey, removePasskey, startPasskey } from './change-passkeys.ts'
import { makeRecoveryCodes, removeTotp, setTotp, startTotp } from './change-totp.ts'
import * as contract from './contract.ts'
import { endDevice, listDevices, signOutEverywhere } from './devices.ts'
import { proveItIsMe } from './prove-it-is-me.ts'
import { readAccount } from './read-account.ts'
import { setPassword } from './set-password.ts'

export function account(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readAccount, ({ actor }) => readAccount(context, actor))
  serve(contract.proveItIsMe, async (call) => {
    const { token, provedUntil } = await proveItIsMe(context, visitorOf(context, call), call.body)
    giveCookie(context, call.reply, token)
    return { provedUntil: provedUntil.toString() }
  })
  serve(contract.startPasskey, ({ actor }) => startPasskey(context, actor))
  serve(contract.addPasskey, async ({ actor, body }) => ({ id: await addPasskey(context, actor, body) }))
  serve(contract.removePasskey, async ({ actor, path }) => {
    await removePasskey(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.setPassword, async ({ actor, body }) => {
    await setPassword(context, actor, body.password)
    return { set: true }
  })
  serve(contract.startTotp, ({ actor }) => startTotp(context, actor, 'Attend'))
  serve(contract.setTotp, async ({ actor, body }) => {
    await setTotp(context, actor, body)
    return { set: true }
  })
  serve(contract.removeTotp, async ({ actor }) => {
    await removeTotp(context, actor)
    return { removed: true }
  })
  serve(contract.makeRecoveryCodes, async ({ actor }) => ({ codes: await makeRecoveryCodes(context, actor) }))
  serve(contract.listDevices, async ({ actor }) => ({ devices: await listDevices(context, actor) }))
  serve(contract.endDevice, async ({ actor, path }) => {
    await endDevice(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.signOutEverywhere, async ({ actor }) => ({ ended: await signOutEverywhere(context, actor) }))
}
