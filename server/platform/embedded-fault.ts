/** The two faults of the database Attend brings along that only a person can put right; each is one plain sentence. */

/** The embedded PostgreSQL cannot be prepared or started; the message says what to do about it. */
export class CannotStartPostgres extends Error {
  override readonly name: string = 'CannotStartPostgres'
}

/** Another living Attend process already runs the database of this folder. */
export class PostgresInUse extends CannotStartPostgres {
  override readonly name: string = 'PostgresInUse'
  readonly launcher: number | undefined

  constructor(folder: string, launcher: number | undefined) {
    const who = launcher === undefined ? 'another Attend process' : `Attend process ${launcher}`
    super(
      `The database in ${folder} is already being run by ${who}: stop that one first, or give this one another folder.`,
    )
    this.launcher = launcher
  }
}

/** Whether an error of Node carries one of these system codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
