// SMART App Launch over HTTP on a real database: the walks that work.
import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { addPatient } from '../../testing/clinic.ts'
import { answer, bearer, decide, fhirBase, form, look, smartApp, type SmartApp } from '../../testing/smart-app.ts'
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

  test('on a server proves itself by its secret, in either of two ways', async () => {
    const app = await smartApp(world, { isPublic: false })
    const first = await app.connect(patient, 'launch/patient patient/Patient.r')
    assert.equal(first['patient'], ada, JSON.stringify(first))
    const code = await app.code(patient, 'launch/patient patient/Patient.r')
    const body = { grant_type: 'authorization_code', code, redirect_uri: app.redirect, code_verifier: app.verifier }
    const wrong = await form(world, '/oauth/token', { ...body, client_id: app.id, client_secret: 'attend_app_wrong' })
    assert.equal(wrong.status, 401)
    const right = await form(world, '/oauth/token', { ...body, client_id: app.id, client_secret: app.secret })
    assert.equal(right.status, 200, JSON.stringify(right.body))
  })

  test('keeps its access by refreshing, each time with a new token, and for less when it asks for less', async () => {
    const app = await smartApp(world)
    const first = await app.connect(patient, 'launch/patient offline_access patient/Patient.r patient/Appointment.rs')
    const second = await app.refresh(first['refresh_token'], { scope: 'patient/Appointment.rs' })
    assert.equal(second.status, 200, JSON.stringify(second.body))
    assert.notEqual(second.body['refresh_token'], first['refresh_token'])
    assert.equal(second.body['patient'], ada)
    const narrow = bearer(world, second.body['access_token'])
    assert.equal((await narrow.get('Appointment?date=2026-12-01')).status, 200)
    assert.equal((await narrow.get(`Patient/${ada}`)).status, 403)
    const wider = await app.refresh(second.body['refresh_token'], { scope: 'patient/*.cruds' })
    assert.equal(wider.body['error'], 'invalid_scope')
  })

  test('without offline or online access gets no refresh token', async () => {
    const app = await smartApp(world)
    assert.equal((await app.connect(patient, 'launch/patient patient/*.rs'))['refresh_token'], undefined)
  })

  test('that writes scopes the old way is understood', async () => {
    const app = await smartApp(world, { scopes: ['launch/patient', 'patient/*.cruds'] })
    const { access_token: token, scope } = await app.connect(patient, 'launch/patient patient/*.read')
    assert.match(scope, /patient\/\*\.read/)
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 200)
  })

  test('gets no more than the person chooses, and is told so', async () => {
    const app = await smartApp(world)
    const choice = { scopes: ['patient/Appointment.rs'] }
    const { access_token: token, scope } = await app.connect(
      patient,
      'launch/patient offline_access patient/Patient.rs patient/Appointment.rs',
      { choice },
    )
    assert.equal(scope, 'patient/Appointment.rs')
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 403)
    assert.equal((await bearer(world, token).get('Appointment?date=2026-12-01')).status, 200)
  })

  test('that is not let in is told no more than that', async () => {
    const app = await smartApp(world)
    const back = await answer(world, patient, await app.asks('patient/*.rs'), { approve: false })
    assert.equal(back.get('error'), 'access_denied')
    assert.equal(back.get('code'), null)
  })

  test('learns whether a token still works, and ends it', async () => {
    const app = await smartApp(world, { isPublic: false })
    const { access_token: token, refresh_token: refresh } = await app.connect(
      patient,
      'launch/patient offline_access patient/*.rs',
    )
    const told = await app.introspect(token)
    assert.equal(told.body['active'], true, JSON.stringify(told.body))
    assert.equal(told.body['patient'], ada)
    assert.match(told.body['scope'], /patient\/\*\.rs/)
    const other = await smartApp(world, { isPublic: false })
    assert.deepEqual((await other.introspect(token)).body, { active: false })
    assert.notEqual((await other.revoke(token)).status, 500)
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 200)
    assert.equal((await app.revoke(refresh)).status, 200)
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 401)
    assert.deepEqual((await app.introspect(token)).body, { active: false })
  })

  test('is listed for its person, and ended by one press: from the next request on', async () => {
    const app = await smartApp(world)
    const { access_token: token, refresh_token: refresh } = await app.connect(
      patient,
      'launch/patient offline_access patient/*.rs',
    )
    const listed = async () => {
      const { body } = await patient.asks('GET', '/api/fhir/smart/apps')
      return (body['apps'] as { id: string; may: unknown[] }[]).find(({ id }) => id === app.id)
    }
    assert.ok(((await listed())?.may.length ?? 0) > 1)
    const stranger = await world.frontDesk()
    assert.equal((await stranger.asks('POST', `/api/fhir/smart/apps/${app.id}/revocation`, {})).status, 404)
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 200)
    assert.equal((await patient.asks('POST', `/api/fhir/smart/apps/${app.id}/revocation`, {})).status, 200)
    assert.equal(await listed(), undefined)
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 401)
    assert.equal((await app.refresh(refresh)).body['error'], 'invalid_grant')
  })

  test('with access for while somebody is signed in loses it when they sign out', async () => {
    const app = await smartApp(world, { scopes: ['online_access', 'patient/*.rs'] })
    const visitor = await world.as('patient')
    const { access_token: token, refresh_token: refresh } = await app.connect(visitor, 'online_access patient/*.rs')
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 200)
    await visitor.asks('POST', '/api/people/session/end', {})
    assert.equal((await bearer(world, token).get(`Patient/${ada}`)).status, 401)
    assert.equal((await app.refresh(refresh)).status, 400)
  })

  test('in a browser on its own site may ask, and no cookie goes along', async () => {
    const app = await smartApp(world)
    const origin = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }
    const asked = await world.app.inject({
      method: 'OPTIONS',
      url: '/fhir/R4/Patient/1',
      headers: { ...origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
    assert.equal(asked.statusCode, 204)
    assert.match(String(asked.headers['access-control-allow-headers']), /authorization/)
    const code = await app.code(patient, 'patient/*.rs')
    const body = { grant_type: 'authorization_code', client_id: app.id, code, redirect_uri: app.redirect }
    const traded = await form(world, '/oauth/token', { ...body, code_verifier: app.verifier }, origin)
    assert.equal(traded.status, 200, JSON.stringify(traded.body))
    assert.equal(traded.headers['access-control-allow-origin'], 'https://app.example')
    const headers = { ...origin, authorization: `Bearer ${traded.body['access_token']}` }
    const read = await world.ask('GET', `/fhir/R4/Patient/${ada}`, undefined, headers)
    assert.equal(read.headers['access-control-allow-origin'], '*')
    assert.equal(read.headers['access-control-allow-credentials'], undefined)
  })

  describe('started from a chart', () => {
    let app: SmartApp
    let clinician: Asker
    let bea: string
    before(async () => {
      app = await smartApp(world, {
        scopes: ['openid', 'launch', 'patient/*.rs', 'user/*.cruds'],
        launchUri: 'https://app.example/launch?from=attend',
      })
      clinician = await world.as('clinician')
      bea = await addPatient(world, 'Bea')
    })
    const launch = async () => {
      const { status, body } = await clinician.asks('POST', '/api/fhir/smart/launches', {
        appId: app.id,
        patientId: bea,
      })
      assert.equal(status, 200, JSON.stringify(body))
      const url = new URL(body['url'])
      assert.equal(url.searchParams.get('iss'), fhirBase)
      assert.equal(url.searchParams.get('from'), 'attend')
      return url.searchParams.get('launch') ?? ''
    }

    test('works for the patient who was open, and for no other', async () => {
      const { body } = await clinician.asks('GET', '/api/fhir/smart/launches')
      assert.ok((body['apps'] as { id: string }[]).some(({ id }) => id === app.id))
      const told = await app.connect(clinician, 'launch openid patient/*.rs', { lies: { launch: await launch() } })
      assert.equal(told['patient'], bea, JSON.stringify(told))
      const program = bearer(world, told['access_token'])
      assert.equal((await program.get(`Patient/${bea}`)).status, 200)
      assert.equal((await program.get(`Patient/${ada}`)).status, 404)
    })

    test('for its colleague sees what they may see', async () => {
      const told = await app.connect(clinician, 'launch user/Patient.rs', { lies: { launch: await launch() } })
      const program = bearer(world, told['access_token'])
      assert.equal((await program.get(`Patient/${ada}`)).status, 200)
      assert.equal((await program.get('Appointment?date=2026-12-01')).status, 403)
    })

    test('can be started once, within five minutes, by the colleague who did, and by this app', async () => {
      const used = await launch()
      await app.connect(clinician, 'launch patient/*.rs', { lies: { launch: used } })
      const over = await launch()
      const others = await launch()
      world.at(world.now().add({ minutes: 6 }))
      const fresh = await launch()
      const foreign = await smartApp(world, { scopes: ['launch', 'patient/*.rs'] })
      for (const [which, lie] of [
        [app, used],
        [app, over],
        [app, others],
        [app, 'launch_guessed'],
        [foreign, fresh],
      ] as const) {
        const { location } = await which.asks('launch patient/*.rs', { launch: lie })
        assert.equal(new URL(location).searchParams.get('error'), 'invalid_request', location)
      }
      const browser = await app.asks('launch patient/*.rs', { launch: fresh })
      assert.equal((await look(await world.as('nurse'), browser)).status, 404)
      assert.equal((await decide(await world.as('nurse'), browser, { approve: true })).status, 404)
      const again = await app.asks('launch patient/*.rs', { launch: fresh })
      const [one, two] = await Promise.all([browser, again].map((from) => decide(clinician, from, { approve: true })))
      assert.deepEqual(new Set([one?.status, two?.status]), new Set([200, 404]))
    })

    test('without a launch a colleague has no patient to give', async () => {
      const browser = await app.asks('launch openid patient/*.rs user/Patient.rs')
      const { body } = await look(clinician, browser)
      assert.deepEqual(
        (body['wishes'] as { scope: string }[]).map(({ scope }) => scope),
        ['openid', 'user/Patient.rs'],
      )
      assert.deepEqual(body['patients'], [])
    })
  })
})
