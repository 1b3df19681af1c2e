/** What is answered about the rules of scheduling: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { whyNot } from '../openings/why-not.ts'
import * as contract from './contract.ts'
import { decideRule, proposeRule, returnRule } from './decide-rule.ts'
import { keepException } from './keep-exception.ts'
import { changeRule, draftRule } from './keep-rule.ts'
import { listRules, readRule, whatHolds } from './list-rules.ts'
import { previewRule } from './preview.ts'
import { recordAuthorization } from './record-authorization.ts'

export function rules(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.whyNot, ({ actor, query }) => whyNot(context, actor, query))
  serve(contract.listRules, ({ actor }) => listRules(context, actor))
  serve(contract.readRule, ({ actor, path }) => readRule(context, actor, path.id))
  serve(contract.whatHolds, ({ actor, query }) => whatHolds(context, actor, query))
  serve(contract.previewRule, ({ actor, body }) => previewRule(context, actor, body))
  serve(contract.draftRule, ({ actor, body, requestKey }) => draftRule(context, actor, body, requestKey))
  serve(contract.changeRule, ({ actor, path, body }) => changeRule(context, actor, { ...body, id: path.id }))
  serve(contract.proposeRule, ({ actor, path, body }) => proposeRule(context, actor, { ...body, id: path.id }))
  serve(contract.decideRule, ({ actor, path, body }) => decideRule(context, actor, { ...body, id: path.id }))
  serve(contract.returnRule, ({ actor, path, body }) => returnRule(context, actor, { ...body, id: path.id }))
  serve(contract.keepException, async ({ actor, path, body }) => {
    await keepException(context, actor, path.id, body.appointmentId)
    return { appointmentId: body.appointmentId }
  })
  serve(contract.recordAuthorization, async ({ actor, body, requestKey }) => ({
    id: await recordAuthorization(context, actor, body, requestKey),
  }))
}
