/** Proves an organization's audit trail whole, or names the first thing that is not as it was sealed. */
import type { Context } from './context.ts'
import { system } from './actor.ts'
import { within } from './db.ts'
import { hashOf, headOf, isSignedByUs, readEvents } from './seal.ts'
import './tables.ts'

export interface Proof {
  seals: number
  events: number
  /** The first break found, in words for the auditor; undefined when the trail is whole. */
  broken?: string
}

/** Walks the chain seal by seal, so that memory stays flat however long the trail is. */
export async function verifyTrail(context: Context, organizationId: string): Promise<Proof> {
  const walk = { seals: 0, events: 0, head: Buffer.alloc(32) as Buffer, position: 1 }
  for (;;) {
    const broken = await within(context.db, system(organizationId, 'verify'), async (tx) => {
      const seal = await tx
        .selectFrom('platform.auditSeal')
        .selectAll()
        .where('organizationId', '=', organizationId)
        .where('number', '>', walk.seals)
        .orderBy('number')
        .limit(1)
        .executeTakeFirst()
      if (!seal) return 'end'
      const name = `seal ${seal.number}`
      if (seal.number !== walk.seals + 1) return `seal ${walk.seals + 1} is missing`
      if (!seal.previousHead.equals(walk.head)) return `${name} does not follow the one before it`
      if (seal.firstPosition !== walk.position) return `${name} does not begin at event ${walk.position}`
      if (!seal.head.equals(headOf(seal))) return `${name} was changed`
      if (!isSignedByUs(context.keys, seal.head, seal.signature)) return `${name} is not signed with this server's key`
      const events = new Map((await readEvents(tx, organizationId, seal.eventIds)).map((event) => [event.id, event]))
      for (const [index, id] of seal.eventIds.entries()) {
        const event = events.get(id)
        if (!event) return `event ${walk.position + index} (${id}) is missing`
        const sealed = seal.eventHashes.subarray(index * 32, index * 32 + 32)
        if (!hashOf(event).equals(sealed)) return `event ${walk.position + index} (${id}) was changed`
      }
      walk.seals = seal.number
      walk.events += seal.eventIds.length
      walk.position += seal.eventIds.length
      walk.head = seal.head
      return undefined
    })
    if (broken === undefined) continue
    const { seals, events } = walk
    return broken === 'end' ? { seals, events } : { seals, events, broken }
  }
}
