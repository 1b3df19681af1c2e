/** Ten codes on paper for the day when the phone is gone: shown once, kept as keyed hashes, each good once. */
import { createHmac, randomInt } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import './tables.ts'

const howMany = 10
/** No letters that look like digits: 31 signs, ten of them: 49 bits. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

const use = 'recovery code'

interface Owner {
  organizationId: string
  personId: string
}

/** Makes new ones, `xxxxx-xxxxx`; the old ones open nothing from now on. */
export async function makeRecoveryCodes({ keys, now }: Context, tx: Tx, owner: Owner): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode)
  const { organizationId, personId } = owner
  await tx
    .deleteFrom('people.recoveryCode')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .execute()
  await tx
    .insertInto('people.recoveryCode')
    .values(codes.map((code) => ({ ...owner, codeHash: hashOf(keys.of(use), owner, code), madeAt: now() })))
    .execute()
  return codes
}

/** Whether this is one of the person's codes that was not used; now it is. */
export async function useRecoveryCode({ keys, now }: Context, tx: Tx, owner: Owner, code: string): Promise<boolean> {
  const used = await tx
    .updateTable('people.recoveryCode')
    .set({ usedAt: now() })
    .where('organizationId', '=', owner.organizationId)
    .where('personId', '=', owner.personId)
    .where(
      'codeHash',
      'in',
      keys.all(use).map((key) => hashOf(key, owner, code)),
    )
    .where('usedAt', 'is', null)
    .returning('personId')
    .executeTakeFirst()
  return used !== undefined
}

function newCode(): string {
  const half = () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')
  return `${half()}-${half()}`
}

function hashOf(key: Buffer, { organizationId, personId }: Owner, code: string): Buffer {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return createHmac('sha256', key).update(`${organizationId} ${personId} ${plain}`).digest()
}
