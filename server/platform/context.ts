/** All that a slice ever receives from outside. */
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Pools } from './db.ts'
import type { Announce } from './events.ts'
import type { Keys } from './ids.ts'
import type { KeyProvider } from './vault/index.ts'

/** Of a practice copy it has `practice` too: nothing may leave it. */
export interface Context extends Clock {
  readonly db: Pools
  readonly announce: Announce
  readonly keys: Keys
  /** Holds the key that wraps the keys of sealed fields, outside the database. */
  readonly keyProvider: KeyProvider
  readonly config: Pick<Config, 'production' | 'publicUrl' | 'mailFrom' | 'smtpUrl'> &
    Partial<Pick<Config, 'headsFolder' | 'leakedPasswords' | 'eraseAfterRetention' | 'securityContact'>>
}
