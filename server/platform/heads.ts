/**
 * Signed heads of the trail, copied to a folder that is not of this machine: whoever cuts off the end of the trail, or makes
 * a whole new one, cannot cut it off there. A line of JSON a copy, a file an organization.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import type { Chore } from './events.ts'
import { isSignedByUs, sealAll, signingKey } from './seal.ts'
import './tables.ts'

export interface Head {
  /** Of the seal. */
  readonly number: number
  /** How many events are sealed up to it. */
  readonly events: number
  /** Hexadecimal. */
  readonly head: string
  /** Ed25519 over the head, hexadecimal. */
  readonly signature: string
  readonly keyId: string
  /** RFC 3339. */
  readonly copiedAt: string
}

export const headsChore: Chore = {
  task: 'platform.copy-heads',
  everySeconds: 3600,
  run: copyHeads,
}

/** What a server does when it stops: seals what waits and takes the head along. */
export async function closeTrail(context: Context) {
  await sealAll(context)
  await copyHeads(context)
}

/** Adds the newest head of each organization to its file; one that is there already is not added again. */
export async function copyHeads(context: Context) {
  const { headsFolder } = context.config
  if (!headsFolder) return
  for (let before = '00000000-0000-0000-0000-000000000000'; ;) {
    // From one organization to the next by the index: what a `distinct` would read grows with the trail.
    const { rows } = await sql<{
      organizationId: string
      number: number
      events: number
      head: Buffer
      signature: Buffer
    }>`
      select organization_id, number, (first_position + cardinality(event_ids) - 1)::int as events, head, signature
      from platform.audit_seal where organization_id = (
        select organization_id from platform.audit_seal where organization_id > ${before} order by organization_id limit 1)
      order by number desc limit 1`.execute(context.db.worker)
    const [newest] = rows
    if (!newest) return
    before = newest.organizationId
    await append(context, headsFolder, newest)
  }
}

interface Newest {
  organizationId: string
  number: number
  events: number
  head: Buffer
  signature: Buffer
}

async function append({ keys, now }: Context, folder: string, newest: Newest) {
  const { organizationId, number, events, head, signature } = newest
  if (readHeads(folder, organizationId).heads.at(-1)?.number === number) return
  mkdirSync(folder, { recursive: true })
  const line: Head = {
    number,
    events,
    head: head.toString('hex'),
    signature: signature.toString('hex'),
    keyId: signingKey(keys).keyId,
    copiedAt: now().toString(),
  }
  const file = await open(fileOf(folder, organizationId), 'a', 0o600)
  try {
    // A line that a crash cut in two is closed off, not written on.
    await file.appendFile(`\n${JSON.stringify(line)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

const fileOf = (folder: string, organizationId: string) => join(folder, `${organizationId}.heads`)

/** The heads of an organization, oldest first, and how many lines say nothing (a crash while one was written). */
export function readHeads(folder: string, organizationId: string): { heads: Head[]; unread: number } {
  const path = fileOf(folder, organizationId)
  if (!existsSync(path)) return { heads: [], unread: 0 }
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const heads = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Head]
    } catch {
      return []
    }
  })
  return { heads, unread: lines.length - heads.length }
}

/** Whether it is one of ours: a folder that others write to may hold anything. */
export const isOurs = ({ keys }: Pick<Context, 'keys'>, { keyId, head, signature }: Head) =>
  isSignedByUs(keys, keyId, Buffer.from(head, 'hex'), Buffer.from(signature, 'hex'))
