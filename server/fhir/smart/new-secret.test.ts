/** ATTEND_SECRET is replaced: what was made with the one before still opens, what is made new does not need it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysFrom, type Keys } from '../../platform/ids.ts'
import { sealAll } from '../../platform/seal.ts'
import { verifyTrail } from '../../platform/verify-trail.ts'
import { openPage, sealPage } from '../wire/page.ts'
import { signingKey } from './signing-key.ts'
import { appCode, codeSentTo, goodPassword, proofOf, withPassword } from '../../testing/colleague.ts'
import { openClinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'

const next = 'the next secret of the tests, 0123456789'

/** As the server would start again, with its people and its data. */
function startAgain(world: World, keys: Keys) {
  Object.assign(world.keys, keys)
}

async function signIn(world: World, name: string, factor: { code: string } | { recoveryCode: string }) {
  const first = await world.ask('POST', '/api/people/sign-in/password', { name, password: goodPassword })
  return (await world.ask('POST', '/api/people/sign-in/second-factor', { step: first.body['step'], ...factor })).status
}

test('links, proofs, codes, apps and pages from before a new secret open until the old one is let go', async () => {
  await using world = await openWorld()
  await openClinic(world)
  const nia = await withPassword(world, 'Nia Cole')
  const page = sealPage(world.keys.all('fhir page'), { again: { name: ['x'] }, after: { order: '1', id: 'a' } })
  const proof = await proofOf(world, { kind: 'email', value: 'ada@example.org' })
  const to = { kind: 'email', value: 'bea@example.org' } as const
  const sent = await world.ask('POST', '/api/people/contact-codes', { to, language: 'en' })
  const jwk = await signingKey(world, world.organizationId)

  startAgain(world, keysFrom(next, [world.database.secret]))
  assert.equal(openPage(world.keys.all('fhir page'), page).after.id, 'a')
  assert.deepEqual(await signingKey(world, world.organizationId), jwk)
  const code = await codeSentTo(world, to.value)
  assert.equal((await world.ask('POST', `/api/people/contact-codes/${sent.body['id']}/proof`, { code })).status, 200)
  const reset = await world.ask('POST', '/api/people/sign-in/password-reset', {
    proof,
    password: `${goodPassword} too`,
  })
  assert.equal(reset.status, 200, JSON.stringify(reset.body))
  assert.equal(await signIn(world, nia.email, { recoveryCode: nia.recoveryCodes[0] }), 200)
  world.at(world.now().add({ minutes: 1 }))
  assert.equal(await signIn(world, nia.email, { code: appCode(world, nia.secret) }), 200)
  await world.chore('people.reseal-secrets')

  startAgain(world, keysFrom(next))
  world.at(world.now().add({ minutes: 1 }))
  assert.equal(await signIn(world, nia.email, { code: appCode(world, nia.secret) }), 200, 'the app was sealed anew')
  assert.deepEqual(await signingKey(world, world.organizationId), jwk, 'the signing key was sealed anew')
  assert.equal(await signIn(world, nia.email, { recoveryCode: nia.recoveryCodes[1] }), 401)
})

test('the trail proves whole over a new secret, and not without the one it was begun with', async () => {
  await using world = await openWorld()
  await world.as('nurse')
  await sealAll(world)
  const later = { ...world, keys: keysFrom(next, [world.database.secret]) }
  await world.as('clinician')
  await sealAll(later)
  assert.equal((await verifyTrail(later, world.organizationId)).broken, undefined)
  const without = await verifyTrail({ ...world, keys: keysFrom(next) }, world.organizationId)
  assert.match(String(without.broken), /not signed with this server's key/)
})
