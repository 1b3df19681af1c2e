/** Who offers a kind of visit, and where: by name. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { offeringInParts, offeringsInFull } from '../view.ts'

/** More than a list can be chosen from. */
const most = 500

export async function listWhoOffers({ db }: Context, actor: Actor, code: string, language: Language) {
  return within(db, actor, async (tx) => {
    const rows = await offeringsInFull(tx, actor.organizationId)
      .where('v.code', '=', code)
      .where('o.active', '=', true)
      .orderBy('p.familyName')
      .orderBy('p.givenName')
      .orderBy('l.name')
      .orderBy('o.id')
      .limit(most)
      .execute()
    return rows.map((row) => offeringInParts(row, language))
  })
}
