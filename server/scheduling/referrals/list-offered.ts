/** The kinds of visits that somebody offers. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { spoken } from '../view.ts'

export async function listOffered({ db }: Context, actor: Actor, language: Language) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('scheduling.visitType as v')
      .where('v.organizationId', '=', actor.organizationId)
      .where('v.active', '=', true)
      .orderBy('v.position')
      .orderBy('v.code')
      .select(['v.code', 'v.name'])
      .execute()
    return rows.map(({ code, name }) => ({ code, name: spoken(name, language) ?? code }))
  })
}
