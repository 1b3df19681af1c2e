/** Finds clinicians with open times that fit what a patient asked, in a fixed order. */
import type { Static } from 'typebox'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import type { CareQuery, findCare as contract } from './contract.ts'

export async function findCare(_context: Context, _actor: Actor, _query: CareQuery): Promise<Static<typeof contract.reply>> {
  return { results: [], after: null, understood: [], emergency: false, crisis: false, relax: [] }
}
