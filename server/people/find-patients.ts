/** The switchboard's lookup: a few keys of name, birth date or phone find the patient. One query; every hit is in the trail. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import type { PatientSummary } from './contract.ts'
import { searchTerms, type SearchTerms } from './search-terms.ts'
import { summaries, summariesOf } from './summary.ts'
import './tables.ts'

const defaultLimit = 20

/** At most `limit` (<= 50) patients to whom everything typed applies: whole family names first, then by name. */
export async function findPatients(
  { db, now }: Context,
  actor: Actor,
  { q, limit = defaultLimit }: { q: string; limit?: number },
): Promise<PatientSummary[]> {
  // One day ahead of UTC covers a baby born today in any zone.
  const terms = searchTerms(q, now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 }))
  return within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'Patient', fields: Object.keys(terms) })
    // How many patients 'm' or 'montes' begins differs a thousandfold: a plan made for all of them is slow for most.
    await sql`set local plan_cache_mode = 'force_custom_plan'`.execute(tx)
    const query = matching(tx, actor, terms)
    if (!query) return []
    const rows = await query
      .orderBy(rank(terms))
      .orderBy('p.searchName')
      .orderBy('p.bornOn')
      .orderBy('p.id')
      .limit(limit)
      .execute()
    return asRecords(
      tx,
      actor,
      rows.map(({ id }) => id),
    )
  })
}

/** What was found of a merged record shows the one that stands for it, once. */
async function asRecords(tx: Tx, actor: Actor, ids: readonly string[]): Promise<PatientSummary[]> {
  const found = await summariesOf(tx, actor, ids)
  return [...new Map([...found.values()].map((one) => [one.id, one])).values()]
}

function matching(tx: Tx, actor: Actor, { words, bornOn, digits }: SearchTerms) {
  if (words.length === 0 && !bornOn && !digits) return undefined
  let query = summaries(tx, actor)
  for (const word of words) query = query.where('p.id', 'in', wordBegins(tx, actor, word))
  if (bornOn) query = query.where('p.bornOn', '=', bornOn)
  if (digits) query = query.where('p.id', 'in', phoneHas(tx, actor, digits))
  return query
}

/** Above every text that begins with `start`, in the order of bytes: ranges stay index conditions under row-level security. */
const after = (start: string) => `${start}\u{10FFFF}`

const wordBegins = (tx: Tx, actor: Actor, word: string) =>
  tx
    .selectFrom('people.patientWord')
    .where('organizationId', '=', actor.organizationId)
    .where('word', '>=', word)
    .where('word', '<', after(word))
    .select('patientId')

/** Begins with the digits, with or without the country's 1, or ends with them. */
function phoneHas(tx: Tx, actor: Actor, digits: string) {
  const reversed = [...digits].toReversed().join('')
  const starts = [`+1${digits}`, `+${digits}`]
  const phones = () =>
    tx
      .selectFrom('people.patientContact')
      .where('organizationId', '=', actor.organizationId)
      .where('kind', '=', 'phone')
      .select('patientId')
  return starts.reduce(
    (all, start) =>
      all.unionAll(
        phones()
          .where(sql<boolean>`value collate "C" >= ${start}`)
          .where(sql<boolean>`value collate "C" < ${after(start)}`),
      ),
    phones().where('valueReversed', '>=', reversed).where('valueReversed', '<', after(reversed)),
  )
}

/** 0: the family name is the first word. 1: it begins so. 2: another word does. The dead come last. */
function rank({ words: [first = ''] }: SearchTerms) {
  return sql<number>`case when p.died_at is not null then 3
    when p.search_name || ' ' ^@ ${`${first} `} then 0 when p.search_name ^@ ${first} then 1 else 2 end`
}
