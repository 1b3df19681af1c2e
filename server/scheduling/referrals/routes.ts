/** What is answered about referrals: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { closeReferral } from './close-referral.ts'
import { readClosedLoop } from './closed-loop.ts'
import * as contract from './contract.ts'
import { listOffered } from './list-offered.ts'
import { listReferrals } from './list-referrals.ts'
import { makeReferral } from './make-referral.ts'
import { findReferralOpenings, readReferralLink } from './open-link.ts'
import { sendReferralLink } from './send-link.ts'

export function referrals(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.listVisitTypes, async ({ actor, query }) => ({
    visitTypes: await listOffered(context, actor, query.language ?? 'en'),
  }))
  serve(contract.makeReferral, async ({ actor, body, requestKey }) => ({
    id: await makeReferral(context, actor, body, requestKey),
  }))
  serve(contract.listReferrals, async ({ actor, query: { patientId, language = 'en' } }) => ({
    referrals: await listReferrals(context, actor, { language, ...(patientId && { patientId }) }),
  }))
  serve(contract.closeReferral, async ({ actor, path, body }) => {
    await closeReferral(context, actor, { ...body, ...path })
    return path
  })
  serve(contract.sendReferralLink, async ({ actor, path }) => {
    await sendReferralLink(context, actor, path.id)
    return path
  })
  serve(contract.openReferralLink, ({ actor, body: { token, language = 'en' } }) =>
    readReferralLink(context, { organizationId: actor.organizationId, token }, language),
  )
  serve(contract.listReferralOpenings, ({ actor, body }) =>
    findReferralOpenings(context, { organizationId: actor.organizationId, ...body }),
  )
  serve(contract.readClosedLoop, ({ actor, query }) => readClosedLoop(context, actor, query))
}
