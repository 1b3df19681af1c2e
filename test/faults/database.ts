// How the fault tests and the processes they kill reach one database.
import type { Connection } from '../../server/platform/embedded.ts'
import type { Connect } from '../../server/platform/db.ts'
import { passwordOf } from '../../server/platform/migrate.ts'

export interface FaultDatabase {
  connection: Connection
  secret: string
}

export const connectTo =
  ({ connection, secret }: FaultDatabase): Connect =>
  (login) => ({ ...connection, user: login, password: passwordOf(secret, login) })
