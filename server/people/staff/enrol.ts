/** A new colleague sets up their account with the link they were given: two factors from the first moment, then signed in. */
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { confirmTotp, offerTotp } from '../account/change-totp.ts'
import { keepPassword, personalWordsOf } from '../account/set-password.ts'
import { readCeremony, takeCeremony } from '../sign-in/ceremonies.ts'
import type { NewPasskey } from '../sign-in/contract.ts'
import { finishSignIn } from '../sign-in/finish-sign-in.ts'
import { hashPassword } from '../sign-in/password-hash.ts'
import { askForNewPasskey, keepPasskey, readNewPasskey } from '../sign-in/passkeys.ts'
import { makeRecoveryCodes } from '../sign-in/recovery-codes.ts'
import { actorOf } from '../sign-in/sessions.ts'
import type { Factor } from '../sign-in/tables.ts'
import { countTry } from '../sign-in/throttle.ts'
import { keepTotp } from '../sign-in/totp.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { refuseWeakPassword } from '../sign-in/weak-password.ts'

/** Whose link this is, without using it up. Refuses `step_over`, `too_many_tries`. */
async function ownerOfLink(context: Context, { organizationId, address }: Visitor, token: string) {
  const forget = await countTry(context, { organizationId, address })
  const personId = await withinSignIn(context.db, organizationId, async (tx) => {
    const link = await readCeremony(context, tx, { organizationId, kind: 'enrolment', token })
    return link.personId ?? ''
  })
  await forget()
  return { organizationId, personId }
}

/** What the link offers. It may be opened again until an account was set up with it. */
export async function startEnrolment(context: Context, visitor: Visitor, token: string) {
  const owner = await ownerOfLink(context, visitor, token)
  const { organizationId, personId } = owner
  const { name, email } = await withinSignIn(context.db, organizationId, (tx) => readColleague(tx, owner))
  const label = email ?? name ?? 'Attend'
  return {
    name,
    email,
    passkey: await askForNewPasskey(context, organizationId, { personId, label }),
    totp: await offerTotp(context, owner, label),
  }
}

function readColleague(tx: Tx, { organizationId, personId }: { organizationId: string; personId: string }) {
  return tx
    .selectFrom('people.person as p')
    .leftJoin('people.loginName as l', (on) =>
      on.onRef('l.organizationId', '=', 'p.organizationId').onRef('l.personId', '=', 'p.id').on('l.kind', '=', 'email'),
    )
    .where('p.organizationId', '=', organizationId)
    .where('p.id', '=', personId)
    .select(['p.name', 'l.value as email'])
    .executeTakeFirstOrThrow()
}

/** Refuses `step_over`, `passkey_unfit`, `passkey_known`. */
export async function enrolWithPasskey(
  context: Context,
  visitor: Visitor,
  { token, step, answer, label }: { token: string; step: string; answer: NewPasskey; label: string },
) {
  const owner = await ownerOfLink(context, visitor, token)
  const made = await readNewPasskey(context, owner, { step, answer })
  return useLink(context, visitor, token, async (tx) => {
    await keepPasskey(context, tx, owner, { ...made, label })
    return ['passkey']
  })
}

/** Refuses `step_over`, `wrong_code`, and what a weak password refuses. */
export async function enrolWithPassword(
  context: Context,
  visitor: Visitor,
  { token, password, step, code }: { token: string; password: string; step: string; code: string },
) {
  const owner = await ownerOfLink(context, visitor, token)
  const personal = await withinSignIn(context.db, owner.organizationId, (tx) =>
    personalWordsOf(tx, owner.organizationId, owner.personId),
  )
  await refuseWeakPassword(context, password, personal)
  const confirmed = await confirmTotp(context, owner, { step, code })
  const hash = await hashPassword(password)
  return useLink(context, visitor, token, async (tx) => {
    await keepPassword(context, tx, owner, hash)
    await keepTotp(context, tx, owner, confirmed)
    return ['password', 'totp']
  })
}

/** The link is used up, the factors kept, the codes made and the session begun: all of it or nothing. */
async function useLink(
  context: Context,
  visitor: Visitor,
  token: string,
  keep: (tx: Tx) => Promise<readonly Factor[]>,
) {
  const { organizationId } = visitor
  return withinSignIn(context.db, organizationId, async (tx) => {
    const { personId } = await takeCeremony(context, tx, { organizationId, kind: 'enrolment', token })
    const owner = { organizationId, personId: personId ?? '' }
    const factors = await keep(tx)
    const recoveryCodes = await makeRecoveryCodes(context, tx, owner)
    await audit(tx, actorOf(visitor, owner.personId), {
      action: 'create',
      resourceType: 'Credential',
      resourceId: owner.personId,
      fields: factors,
      purpose: 'OPS',
    })
    const finished = await finishSignIn(context, tx, visitor, { ...owner, factors })
    return { finished, recoveryCodes }
  })
}
