/** How many results each value of each filter would leave, everything else as it was asked. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { CareQuery, Facet } from '../contract.ts'
import { settle } from './asked.ts'
import { walk } from './walk.ts'

/** Counted up to so many: past it 'more' is all that anybody wants to know. */
const mostCounted = 100
/** Languages and plans are counted for so many, those of most profiles and the first by name. */
const mostValues = 20

/**
 * Each count is that of the very search it stands for, so that choosing the value never surprises. A wish that no
 * profile has is known without looking at a listing. Refuses what the search refuses.
 */
export async function countFacets({ db, now }: Context, actor: Actor, query: CareQuery): Promise<Facet[]> {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const facets: Facet[] = []
    for (const change of await changesOf(tx, organizationId, query)) {
      const asked = await settle(tx, organizationId, { ...query, [change.filter]: change.value }, now())
      const { count } = await walk(tx, asked, { limit: mostCounted, after: undefined, cards: false })
      facets.push({ filter: change.filter, value: String(change.value), count })
    }
    return facets
  })
}

interface ValueOf {
  filter: Facet['filter']
  value: string | number | boolean
}

/** Every value that a page offers, of filters that can be asked for now. */
async function changesOf(tx: Tx, organizationId: string, { near }: CareQuery): Promise<ValueOf[]> {
  const { rows } = await sql<{ languages: string[]; plans: string[] }>`
    select array(
        select code from (
          select code, count(*) as many from scheduling.profile p, unnest(p.languages) code
          where p.organization_id = ${organizationId} group by code
        ) spoken order by many desc, code limit ${sql.lit(mostValues)}) as languages,
      array(
        select id from coverage.plan where organization_id = ${organizationId} and active
        order by name, id limit ${sql.lit(mostValues)}) as plans`.execute(tx)
  const { languages = [], plans = [] } = rows[0] ?? {}
  const of = (filter: ValueOf['filter'], values: readonly ValueOf['value'][]) =>
    values.map((value) => ({ filter, value }))
  return [
    ...of('gender', ['female', 'male', 'other']),
    ...of('speaks', languages),
    ...of('newPatient', [true, false]),
    ...of('mode', ['in_person', 'video']),
    ...of('part', ['morning', 'afternoon', 'evening']),
    ...of('planId', plans),
    ...(near?.trim() ? of('withinMiles', [2, 5, 10, 25, 50, 100]) : []),
  ]
}
