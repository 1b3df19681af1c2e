/** All that a slice ever receives from outside. */
import type { Config } from './config.ts'
import type { Pools } from './db.ts'
import type { Announce } from './events.ts'
import type { Keys } from './ids.ts'

export interface Context {
  readonly db: Pools
  readonly announce: Announce
  readonly now: () => Temporal.Instant
  readonly keys: Keys
  readonly config: Pick<Config, 'production' | 'publicUrl' | 'mailFrom' | 'smtpUrl'>
}
