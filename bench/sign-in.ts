/** Passwords at the HTTP door, against the same hashes alone: the hash is dear on purpose, nothing else should be. */
import { argon2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { newId } from '../server/platform/ids.ts'
import { keepBusy, openDoor } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median, percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('sign-in')
const password = 'velvet trombone glacier mustard'
const clients = 4

/** As the product hashes: OWASP's least for argon2id. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const derive = promisify(argon2)
const hashed = (nonce: Buffer) => derive('argon2id', { message: Buffer.from(password), nonce, tagLength: 32, ...cost })

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const salt = randomBytes(16)
  const tag = await hashed(salt)
  const [bareSalt, bareTag] = [salt, tag].map((bytes) => bytes.toString('base64').replaceAll('=', ''))
  const names = await addAccounts(stage, `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${bareSalt}$${bareTag}`)
  const app = await stage.app()
  using door = await openDoor(app.port, clients)
  let turn = 0
  const signIn = (word: string, expected: number) =>
    keepBusy(door.askers, quick ? 2 : 4, async (ask) => {
      const body = JSON.stringify({ name: names[turn++ % names.length], password: word })
      const reply = await ask({ method: 'POST', url: '/api/people/sign-in/password', body })
      if (reply.status !== expected) throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
    })
  const alone = () =>
    keepBusy(Array.from({ length: clients }), quick ? 2 : 4, async () => {
      if (!tag.equals(await hashed(salt))) throw new Error('the hash is another one')
    })
  await signIn(password, 200)
  const done = await inTurns(quick ? 3 : 5, () => signIn(password, 200), alone)
  const times = done.ours.flatMap((one) => one.times)
  const n = times.length
  const [sessions] = await stage.sql<{ count: string }>('select count(*) from people.session')
  if (Number(sessions?.count) < n) throw new Error('there are fewer sessions than sign-ins')
  note(`sign-in: ${n} sign-ins, a new session each`)
  return [
    figure('rate', median(done.ours.map((one) => one.perSecond)), '/s', {
      n,
      limit: median(done.limit.map((one) => one.perSecond)),
      goal: { of: 'ratio', atLeast: 0.8 },
    }),
    figure('p50', percentile(times, 0.5), 'ms', {
      n,
      limit: percentile(
        done.limit.flatMap((one) => one.times),
        0.5,
      ),
    }),
  ]
}

/** Patients with a password each; gives their emails. */
async function addAccounts(stage: Stage, hash: string): Promise<string[]> {
  const accounts = Array.from({ length: 200 }, (_, number) => ({ id: newId(), email: `pat${number}@example.org` }))
  const [ids, emails] = [accounts.map(({ id }) => id), accounts.map(({ email }) => email)]
  const { organizationId } = stage
  const of = [organizationId, ids]
  await stage.sql(
    `insert into people.person (organization_id, id, name, created_at) select $1, id, 'Pat', now() from unnest($2::uuid[]) id`,
    of,
  )
  await stage.sql(
    `insert into people.login_name (organization_id, kind, value, person_id, verified_at)
     select $1, 'email', value, id, now() from unnest($2::uuid[], $3::text[]) as t(id, value)`,
    [...of, emails],
  )
  await stage.sql(
    `insert into people.password (organization_id, person_id, hash, set_at) select $1, id, $3, now() from unnest($2::uuid[]) id`,
    [...of, hash],
  )
  await stage.sql('analyze')
  return emails
}
