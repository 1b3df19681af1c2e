// What an app, a thief or a careless person may try with the OAuth server and its tokens, and what comes of it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { UnsecuredJWT } from 'jose'
import { addPatient } from '../../testing/clinic.ts'
import {
  answer,
  asOwner,
  bearer,
  decide,
  look,
  smartApp,
  uidOf,
  visit,
  type SmartApp,
} from '../../testing/smart-app.ts'
import { openWorld, sql, type Asker, type World } from '../../testing/world.ts'
import { endApp } from '../index.ts'

const scope = 'launch/patient offline_access patient/*.rs'

describe('nobody gets in', () => {
  let world: World
  let app: SmartApp
  let ada: string
  let patient: Asker
  before(async () => {
    world = await openWorld()
    ada = await addPatient(world, 'Ada')
    patient = await world.as('patient')
    app = await smartApp(world)
  })
  after(() => world[Symbol.asyncDispose]())
  const reads = async (token: string) => (await bearer(world, token).get(`Patient/${ada}`)).status
  const errorOf = ({ location }: { location: string }) => new URL(location, 'http://none').searchParams.get('error')

  test('without PKCE by S256', async () => {
    for (const lies of [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
      { code_challenge: 'short' },
    ])
      assert.equal(errorOf(await app.asks(scope, lies)), 'invalid_request', JSON.stringify(lies))
    const code = await app.code(patient, scope)
    for (const verifier of [undefined, '', 'x'.repeat(43)]) {
      const { status, body } = await app.trade(code, { code_verifier: verifier })
      assert.equal(status, 400)
      assert.equal(body['access_token'], undefined)
    }
  })

  test('who means another FHIR server, or none', async () => {
    for (const aud of [
      undefined,
      '',
      'https://other.example/fhir/R4',
      'http://localhost:8080/fhir/R4/Patient',
      'http://localhost:8080',
    ])
      assert.equal(errorOf(await app.asks(scope, { aud })), 'invalid_request', String(aud))
  })

  test('at an address that was not registered to the letter, and nobody is sent there', async () => {
    const tried = [
      undefined,
      'https://app.example/callback/',
      'https://app.example/callback?x=1',
      'https://app.example/callback/../evil',
      'https://app.example/CALLBACK',
      'https://app.example:444/callback',
      'https://app.example.evil.example/callback',
      'https://app.example@evil.example/callback',
      'http://app.example/callback',
      '//evil.example',
      'javascript:alert(1)',
      'https://evil.example/callback',
    ]
    for (const uri of tried) {
      const { status, location, text } = await app.asks(scope, { redirect_uri: uri })
      assert.equal(status, 400, String(uri))
      assert.equal(location, '', String(uri))
      assert.doesNotMatch(text, /evil|javascript/)
    }
    const code = await app.code(patient, scope)
    assert.equal(
      (await app.trade(code, { redirect_uri: 'https://evil.example/callback' })).body['error'],
      'invalid_grant',
    )
  })

  test('through another response type or mode, an unknown app, or a request that is fetched', async () => {
    for (const lies of [
      { response_type: 'token' },
      { response_type: 'code id_token' },
      { response_mode: 'form_post' },
      { response_mode: 'fragment' },
    ])
      assert.doesNotMatch((await app.asks(scope, lies)).location, /^\/connect/, JSON.stringify(lies))
    assert.equal((await app.asks(scope, { client_id: 'https://evil.example/app.json' })).status, 400)
    assert.equal(
      errorOf(await app.asks(scope, { request_uri: 'http://169.254.169.254/latest' })),
      'request_uri_not_supported',
    )
  })

  test('silently: every request for access is asked about, even after an earlier yes', async () => {
    const browser = await app.asks(scope)
    await answer(world, patient, browser, { approve: true })
    const url = (prompt: string) => app.asks(scope, { prompt })
    assert.equal(errorOf(await url('none')), 'login_required')
    assert.match((await url('consent')).location, /^\/connect\//)
  })

  test('twice with one code: its tokens end, too', async () => {
    const code = await app.code(patient, scope)
    const { body } = await app.trade(code)
    assert.equal(await reads(body['access_token']), 200)
    assert.equal((await app.trade(code)).body['error'], 'invalid_grant')
    assert.equal(await reads(body['access_token']), 401)
    assert.equal((await app.refresh(body['refresh_token'])).body['error'], 'invalid_grant')
  })

  test('twice with one code at the same moment', async () => {
    const code = await app.code(patient, scope)
    const replies = await Promise.all(Array.from({ length: 6 }, () => app.trade(code)))
    assert.ok(replies.filter(({ status }) => status === 200).length <= 1)
  })

  test('with a refresh token that was used: whoever holds the newer one is out as well', async () => {
    const first = await app.connect(patient, scope)
    const second = await app.refresh(first['refresh_token'])
    assert.equal(second.status, 200)
    assert.equal((await app.refresh(first['refresh_token'])).body['error'], 'invalid_grant')
    assert.equal((await app.refresh(second.body['refresh_token'])).body['error'], 'invalid_grant')
    assert.equal(await reads(second.body['access_token']), 401)
  })

  test('with a code or a token of another app', async () => {
    const other = await smartApp(world)
    assert.equal((await other.trade(await app.code(patient, scope))).body['error'], 'invalid_grant')
    const { refresh_token: refresh } = await app.connect(patient, scope)
    assert.equal((await other.refresh(refresh)).body['error'], 'invalid_grant')
  })

  test('with a token that was guessed, forged, cut or made for something else', async () => {
    const {
      access_token: token,
      refresh_token: refresh,
      id_token: idToken,
    } = await app.connect(patient, `openid ${scope}`)
    const forged = new UnsecuredJWT({ scope, patient: ada, client_id: app.id }).encode()
    for (const lie of [forged, idToken, refresh, token.slice(1), `${token}x`, 'null', 'undefined', `${token},${token}`])
      assert.equal(await reads(lie), 401, lie)
  })

  test('after the hour of the token, or the minute of the code', async () => {
    const { access_token: token } = await app.connect(patient, scope)
    const code = await app.code(patient, scope)
    const start = world.now()
    world.at(start.add({ seconds: 61 }))
    assert.equal((await app.trade(code)).body['error'], 'invalid_grant')
    world.at(start.add({ minutes: 59 }))
    assert.equal(await reads(token), 200)
    world.at(start.add({ minutes: 60 }))
    assert.equal(await reads(token), 401)
    await world.chore('fhir.forget')
    const left = await asOwner(
      world,
      `select count(*)::int as n from fhir.provider_row where expires_at < '${world.now().toString()}'`,
    )
    assert.equal(left, 0)
    world.at(start)
    patient = await world.as('patient')
  })

  test('by sending somebody else the address of a request for access', async () => {
    const thief = await app.asks(scope)
    const victim = { ...thief, jar: {} }
    assert.equal((await look(patient, victim)).status, 404)
    assert.equal((await decide(patient, victim, { approve: true })).status, 404)
    const own = await app.asks(scope)
    assert.equal((await look(patient, { ...thief, jar: own.jar })).status, 404)
    // Nor does the thief's own browser go on with what was never decided.
    const { status, location } = await visit(world, `/oauth/authorize/${uidOf(thief)}`, own.jar)
    assert.ok(status === 400 || !location.includes('code='), location)
  })

  test('by deciding without being signed in, in a role that may not, or twice', async () => {
    const browser = await app.asks(scope)
    const anyone = {
      headers: {},
      asks: world.ask,
    }
    assert.equal((await look(anyone, browser)).status, 401)
    assert.equal((await decide(anyone, browser, { approve: true })).status, 401)
    for (const role of ['biller', 'auditor', 'practice_admin', 'scheduler', 'quality_manager'] as const)
      assert.equal((await decide(await world.as(role), browser, { approve: true })).status, 403, role)
    assert.equal((await decide(patient, browser, { approve: true })).status, 200)
    assert.equal((await decide(patient, browser, { approve: true })).status, 404)
  })

  test('for somebody else’s record, or with more than the app asked for', async () => {
    const bea = await addPatient(world, 'Bea')
    const browser = await app.asks('launch/patient patient/Appointment.rs')
    assert.equal((await decide(patient, browser, { approve: true, patientId: bea })).body['code'], 'patient')
    for (const scopes of [['patient/*.rs'], ['system/*.rs'], ['user/*.cruds'], ['nonsense'], []])
      assert.equal((await decide(patient, browser, { approve: true, scopes })).body['code'], 'scopes', scopes.join())
    assert.equal((await decide(patient, browser, { approve: true, admin: true })).status, 400)
  })

  test('with scopes that the app was never given, that are unknown, or that are narrowed by what is not there', async () => {
    const narrow = await smartApp(world, { scopes: ['patient/Patient.r'] })
    const asked =
      'patient/Patient.r patient/Patient.rs patient/*.rs user/*.rs system/*.rs patient/Observation.rs patient/Appointment.rs?status=booked'
    const { body } = await look(patient, await narrow.asks(asked))
    assert.deepEqual(
      (body['wishes'] as { scope: string }[]).map((one) => one.scope),
      ['patient/Patient.r'],
    )
    const told = await narrow.connect(patient, asked)
    assert.equal(told['scope'], 'patient/Patient.r')
  })

  test('to anything but the FHIR door', async () => {
    const { access_token: token } = await app.connect(patient, scope)
    const program = bearer(world, token)
    for (const url of ['/api/people/clinic', '/api/people/session', '/api/fhir/smart/apps', '/api/people/account'])
      assert.equal((await program.ask('GET', url)).status, 403, url)
    assert.equal((await program.ask('POST', '/api/people/demo-session', { role: 'clinician' })).status, 403)
    for (const role of ['patient', 'clinician'] as const)
      assert.equal((await (await world.as(role)).asks('GET', `/fhir/R4/Patient/${ada}`)).status, 403)
  })

  test('once the app, the account, or its link to the record has ended', async () => {
    const ended = await smartApp(world)
    const { access_token: one, refresh_token: refresh } = await ended.connect(patient, scope)
    assert.equal(await reads(one), 200)
    await endApp(world, world.organizationId, ended.id)
    assert.equal(await reads(one), 401)
    assert.equal((await ended.refresh(refresh)).body['error'], 'invalid_client')
    const { access_token: two } = await app.connect(patient, scope)
    await asOwner(world, `update people.patient_account set ended_at = now()`)
    assert.equal(await reads(two), 401)
    await asOwner(world, `update people.patient_account set ended_at = null`)
    assert.equal(await reads(two), 200)
    await asOwner(world, `update people.person set ended_at = now()`)
    assert.equal(await reads(two), 401)
    await asOwner(world, `update people.person set ended_at = null`)
  })

  test('from another organization with a token of this one', async () => {
    const { access_token: token } = await app.connect(patient, scope)
    await asOwner(
      world,
      `insert into people.organization (slug, name, phone, zone, host_names)
      values ('aaa', 'Other', '+16175550199', 'America/New_York', '{other.example}')`,
    )
    world.at(world.now().add({ seconds: 11 }))
    const headers = { authorization: `Bearer ${token}`, host: 'other.example' }
    assert.equal((await world.ask('GET', `/fhir/R4/Patient/${ada}`, undefined, headers)).status, 401)
    await asOwner(world, `delete from people.organization where slug = 'aaa'`)
    world.at(world.now().add({ seconds: 11 }))
  })

  test('unseen: what was given and what was refused is in the trail, and no secret is in the database or the log', async () => {
    const { access_token: token, refresh_token: refresh } = await app.connect(patient, scope)
    await app.refresh('wrong')
    const rows = await world.write((tx) =>
      sql<{ said: string }>`select resource_type || ' ' || outcome as said from platform.audit_event
        where resource_type in ('App', 'AppGrant', 'AccessToken')`.execute(tx),
    )
    const said = new Set(rows.rows.map((row) => row.said))
    for (const one of [
      'App success',
      'AppGrant success',
      'AppGrant refused',
      'AccessToken success',
      'AccessToken refused',
    ])
      assert.ok(said.has(one), `${one} is not among ${[...said].join()}`)
    const dump = await asOwner(
      world,
      `select count(*)::int as n from fhir.provider_row, unnest(array['${token}', '${refresh}', '${ada}']) secret
        where position(secret::bytea in sealed || id_hash || coalesce(grant_hash, '')) > 0`,
    )
    assert.equal(dump, 0)
    assert.doesNotMatch(world.logLines.join(''), new RegExp(`${token}|${refresh}`))
  })
})
