// SMART App Launch over HTTP on a real database: the walks that work.
import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { addPatient } from '../../testing/clinic.ts'
import { answer, bearer, fhirBase, look, smartApp, visit } from '../../testing/smart-app.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'

describe('an app', () => {
  let world: World
  let ada: string
  let patient: Asker
  before(async () => {
    world = await openWorld()
    ada = await addPatient(world, 'Ada')
    patient = await world.as('patient')
  })
  after(() => world[Symbol.asyncDispose]())

  test('finds out where to ask', async () => {
    const { status, headers, body } = await world.ask('GET', '/fhir/R4/.well-known/smart-configuration')
    assert.equal(status, 200)
    assert.match(String(headers['content-type']), /^application\/json/)
    assert.deepEqual(body['code_challenge_methods_supported'], ['S256'])
    assert.equal(body['token_endpoint'], 'http://localhost:8080/oauth/token')
    const openid = await world.ask('GET', '/oauth/.well-known/openid-configuration')
    for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint', 'token_endpoint', 'introspection_endpoint'])
      assert.equal(openid.body[name], body[name], name)
    const metadata = await world.ask('GET', '/fhir/R4/metadata')
    const uris = metadata.body['rest'][0].security.extension[0].extension as { url: string; valueUri: string }[]
    assert.equal(uris.find(({ url }) => url === 'token')?.valueUri, body['token_endpoint'])
  })

  test('of a patient is let in, reads that patient and learns who it is', async () => {
    const app = await smartApp(world)
    const browser = await app.asks('openid fhirUser launch/patient offline_access patient/*.rs')
    assert.match(browser.location, /^\/connect\/[\w-]+$/)
    const asked = await look(patient, browser)
    assert.equal(asked.status, 200, JSON.stringify(asked.body))
    assert.equal(asked.body['app'].name, 'Glucose Diary')
    assert.equal(asked.body['app'].site, 'app.example')
    assert.deepEqual(asked.body['patients'], [{ id: ada, name: 'Ada Byron' }])
    for (const { words } of asked.body['wishes']) assert.ok(words.en !== '' && words.es !== '' && words.en !== words.es)
    const back = await answer(world, patient, browser, { approve: true })
    assert.equal(back.get('state'), 'the-state')
    const { status, body, headers } = await app.trade(back.get('code') ?? '')
    assert.equal(status, 200, JSON.stringify(body))
    assert.match(String(headers['cache-control']), /no-store/)
    assert.equal(body['patient'], ada)
    assert.equal(body['need_patient_banner'], true)
    assert.equal(body['expires_in'], 3600)
    const read = await bearer(world, body['access_token']).get(`Patient/${ada}`)
    assert.equal(read.status, 200, JSON.stringify(read.body))
    assert.equal(read.body['id'], ada)
    const jwks = (await world.ask('GET', '/oauth/jwks')).body as { keys: object[] }
    assert.ok(jwks.keys.every((key) => !('d' in key)))
    assert.ok(createPublicKey({ key: jwks.keys[0] as never, format: 'jwk' }))
    const { payload } = await jwtVerify(body['id_token'], createLocalJWKSet(jwks as never), { audience: app.id })
    assert.equal(payload['fhirUser'], `${fhirBase}/Patient/${ada}`)
  })
})
