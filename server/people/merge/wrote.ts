/** What a merge writes on the surviving record, and how that is taken back: only what still stands as it was written. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { searchNameOf, wordsOf } from '../patient-words.ts'
import type { Choice } from './tables.ts'
import '../tables.ts'

/** As texts, so that they can be sealed. */
type Values = Partial<Record<keyof Facts, string | null>>

export interface Wrote {
  before: Values
  after: Values
  /** Words that were added, by which the survivor is found since. */
  words: string[]
  contacts: { kind: 'phone' | 'email'; value: string; verifiedAt: string | null }[]
}

interface Facts {
  givenName: string
  familyName: string
  preferredName: string | null
  searchName: string
  bornOn: string | null
  gender: string | null
  language: string | null
}

const columnsOf: Readonly<Record<Choice, readonly (keyof Facts)[]>> = {
  name: ['givenName', 'familyName', 'preferredName', 'searchName'],
  bornOn: ['bornOn'],
  gender: ['gender'],
  language: ['language'],
}

export interface Pair {
  organizationId: string
  survivorId: string
  absorbedId: string
}

/** Writes the chosen values of the absorbed record, and its contacts, on the survivor. Gives what changed. */
export async function writeChosen(tx: Tx, pair: Pair, chosen: readonly Choice[]): Promise<Wrote> {
  const [mine, theirs] = await Promise.all([factsOf(tx, pair, pair.survivorId), factsOf(tx, pair, pair.absorbedId)])
  const columns = chosen.flatMap((choice) => columnsOf[choice]).filter((column) => mine[column] !== theirs[column])
  const pick = (facts: Facts): Values => Object.fromEntries(columns.map((column) => [column, facts[column]]))
  const wrote = { before: pick(mine), after: pick(theirs) }
  await setValues(tx, pair, wrote.after)
  const words = columns.length > 0 ? await addWords(tx, pair, wordsOfFacts({ ...mine, ...wrote.after } as Facts)) : []
  return { ...wrote, words, contacts: await addContacts(tx, pair) }
}

/** Gives the choices that were still as this merge had made them: what somebody changed since stays changed. */
export async function takeBack(tx: Tx, pair: Pair, chosen: readonly Choice[], wrote: Wrote): Promise<Choice[]> {
  const now = await factsOf(tx, pair, pair.survivorId)
  const stands = (choice: Choice) =>
    columnsOf[choice].every((column) => !(column in wrote.after) || wrote.after[column] === now[column])
  const left = chosen.filter(stands)
  const columns = left.flatMap((choice) => columnsOf[choice]).filter((column) => column in wrote.before)
  const before: Values = Object.fromEntries(columns.map((column) => [column, wrote.before[column] ?? null]))
  await setValues(tx, pair, before)
  const keeps = wordsOfFacts({ ...now, ...before } as Facts)
  await sql`delete from people.patient_word where organization_id = ${pair.organizationId} and patient_id = ${pair.survivorId}
    and word = any(${wrote.words.filter((word) => !keeps.includes(word))}::text[])`.execute(tx)
  await sql`delete from people.patient_contact c
    using json_to_recordset(${JSON.stringify(wrote.contacts)}::json) as w(kind text, value text, "verifiedAt" timestamptz)
    where c.organization_id = ${pair.organizationId} and c.patient_id = ${pair.survivorId} and c.kind = w.kind
      and c.value = w.value and c.verified_at is not distinct from w."verifiedAt"`.execute(tx)
  return left
}

const wordsOfFacts = ({ givenName, familyName, preferredName }: Facts) =>
  wordsOf([givenName, familyName, preferredName ?? ''].join(' '))

async function factsOf(tx: Tx, { organizationId }: Pair, id: string): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select given_name, family_name, preferred_name, search_name, born_on::text, gender, language
    from people.patient where organization_id = ${organizationId} and id = ${id}`.execute(tx)
  const [facts] = rows
  if (!facts) throw new Error('a merged record is gone')
  return { ...facts, searchName: facts.searchName || searchNameOf(facts) }
}

async function setValues(tx: Tx, { organizationId, survivorId }: Pair, values: Values) {
  if (Object.keys(values).length === 0) return
  const { bornOn, ...texts } = values
  await tx
    .updateTable('people.patient')
    .set({
      ...(texts as object),
      ...(bornOn !== undefined && { bornOn: bornOn === null ? null : Temporal.PlainDate.from(bornOn) }),
    })
    .where('organizationId', '=', organizationId)
    .where('id', '=', survivorId)
    .execute()
}

async function addWords(tx: Tx, { organizationId, survivorId }: Pair, words: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    insert into people.patient_word (organization_id, word, patient_id)
    select ${organizationId}::uuid, word, ${survivorId}::uuid from unnest(${words}::text[]) as word
    on conflict do nothing returning word`.execute(tx)
  return rows.map(({ word }) => word)
}

/** The survivor is reached as the absorbed record was, too. */
async function addContacts(tx: Tx, { organizationId, survivorId, absorbedId }: Pair): Promise<Wrote['contacts']> {
  const { rows } = await sql<Wrote['contacts'][number]>`
    insert into people.patient_contact (organization_id, patient_id, kind, value, verified_at)
    select organization_id, ${survivorId}::uuid, kind, value, verified_at from people.patient_contact
    where organization_id = ${organizationId} and patient_id = ${absorbedId}
    on conflict do nothing returning kind, value, verified_at::text as verified_at`.execute(tx)
  return rows
}
