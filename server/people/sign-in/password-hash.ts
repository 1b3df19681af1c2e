/** Password hashes: argon2id (RFC 9106) in PHC string form, so that parameters can grow and old hashes still open. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. `memory` in KiB. */
export const hashCost = { memory: 19_456, passes: 2, parallelism: 1 } as const
type Cost = { memory: number; passes: number; parallelism: number }

const saltBytes = 16
const tagBytes = 32

/** The hash of a password with a new salt: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const tag = await tagOf(password, salt, hashCost)
  const { memory, passes, parallelism } = hashCost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`
}

/**
 * Whether a password is the one that was hashed. Without a hash (no such account, no password) it takes as long and says
 * no. `outdated`: right, but made with other parameters than today's: hash it anew.
 */
export async function verifyPassword(password: string, phc: string | undefined) {
  const kept = read(phc ?? decoy)
  const tag = await tagOf(password, kept.salt, kept.cost)
  const isRight = timingSafeEqual(tag, kept.tag) && phc !== undefined
  return { isRight, outdated: isRight && JSON.stringify(kept.cost) !== JSON.stringify(hashCost) }
}

/** The same password typed on another keyboard is the same bytes (NIST SP 800-63B §3.1.1.2: normalized before hashing). */
const tagOf = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, tagLength: tagBytes, ...cost })

const shape = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function read(phc: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, salt = '', tag = ''] = shape.exec(phc) ?? []
  if (!memory) throw new Error('a stored password hash cannot be read')
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
const { memory, passes, parallelism } = hashCost
const decoy = `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(randomBytes(saltBytes))}$${bare(randomBytes(tagBytes))}`
