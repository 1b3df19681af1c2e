// SMART Backend Services over HTTP: programs that sign who they are, and what forged assertions get.
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createLocalJWKSet, jwtVerify, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { addPatient } from '../../testing/clinic.ts'
import { bearer, form } from '../../testing/smart-app.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { listApps, registerApp } from '../index.ts'

const vector = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', name), 'utf8'))
const tokenUrl = 'http://localhost:8080/oauth/token'
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const seconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)

describe('a program', () => {
  let world: World
  let ada: string
  const pairs = {
    RS384: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  }
  let id: string
  before(async () => {
    world = await openWorld()
    ada = await addPatient(world, 'Ada')
    id = await register(['system/*.rs', 'system/Appointment.cruds'])
  })
  after(() => world[Symbol.asyncDispose]())

  const keys = Object.entries(pairs).map(([alg, { publicKey }]) => ({
    ...publicKey.export({ format: 'jwk' }),
    alg,
    kid: alg,
  }))
  const register = async (scopes: string[]) =>
    (await registerApp(world, world.organizationId, { name: 'Registry', redirectUris: [], scopes, jwks: { keys } })).id

  const claims = (lies: JWTPayload = {}): JWTPayload => ({
    iss: id,
    sub: id,
    aud: tokenUrl,
    exp: seconds() + 240,
    jti: crypto.randomUUID(),
    ...lies,
  })
  const signed = (payload: JWTPayload, alg: 'RS384' | 'ES384' = 'ES384', key: KeyObject = pairs[alg].privateKey) =>
    new SignJWT(payload).setProtectedHeader({ alg, kid: alg, typ: 'JWT' }).sign(key)
  const asks = (assertion: string, scope = 'system/*.rs') =>
    form(world, '/oauth/token', {
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: type,
      client_assertion: assertion,
    })

  for (const alg of ['RS384', 'ES384'] as const)
    test(`that signs with ${alg} gets a token for five minutes, and reads what its scopes say`, async () => {
      const { status, body } = await asks(await signed(claims(), alg))
      assert.equal(status, 200, JSON.stringify(body))
      assert.equal(body['expires_in'], 300)
      assert.equal(body['scope'], 'system/*.rs')
      assert.equal(body['refresh_token'], undefined)
      const program = bearer(world, body['access_token'])
      assert.equal((await program.get(`Patient/${ada}`)).status, 200)
      assert.equal((await program.post('Appointment/$book', {})).status, 403)
      const start = world.now()
      world.at(start.add({ minutes: 5 }))
      assert.equal((await program.get(`Patient/${ada}`)).status, 401)
      world.at(start)
    })

  test('with scopes for one type is refused the others, and may book only with the letters for it', async () => {
    const { body } = await asks(await signed(claims()), 'system/Appointment.cruds')
    const program = bearer(world, body['access_token'])
    assert.equal((await program.get(`Patient/${ada}`)).status, 403)
    assert.equal((await program.get(`Appointment?patient=${ada}`)).status, 200)
    assert.equal((await program.get(`Appointment?patient=${ada}&_include=Appointment:patient`)).status, 200)
    // Let through to be read, and found to say nothing.
    assert.equal((await program.post('Appointment/$book', {})).status, 400)
  })

  test('is known by an assertion once, however often it is sent', async () => {
    const assertion = await signed(claims())
    assert.equal((await asks(assertion)).status, 200)
    assert.equal((await asks(assertion)).body['error'], 'invalid_client')
    const fresh = await signed(claims())
    const replies = await Promise.all(Array.from({ length: 8 }, () => asks(fresh)))
    assert.equal(replies.filter(({ status }) => status === 200).length, 1)
  })

  test('that lies in its assertion gets nothing', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
    const other = await register(['system/*.rs'])
    const secret = Buffer.from(JSON.stringify(pairs.RS384.publicKey.export({ format: 'jwk' })))
    const lies: Record<string, string> = {
      'another key': await signed(claims(), 'ES384', stranger),
      'no signature': new UnsecuredJWT(claims()).encode(),
      'the public key as a secret': await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: 'RS384' })
        .sign(secret),
      'an algorithm that is not offered': await new SignJWT(claims())
        .setProtectedHeader({ alg: 'RS256', kid: 'RS384' })
        .sign(pairs.RS384.privateKey),
      'another audience': await signed(claims({ aud: 'https://other.example/token' })),
      'the FHIR server as audience': await signed(claims({ aud: 'http://localhost:8080/fhir/R4' })),
      'long over': await signed(claims({ exp: seconds() - 60 })),
      'good for an hour': await signed(claims({ exp: seconds() + 3600 })),
      'not yet good': await signed(claims({ nbf: seconds() + 200 })),
      'no end': await signed({ ...claims(), exp: undefined } as unknown as JWTPayload),
      'no jti': await signed({ ...claims(), jti: undefined } as unknown as JWTPayload),
      'another subject': await signed(claims({ sub: other })),
      'another issuer': await signed(claims({ iss: other })),
      'nobody we know': await signed(claims({ iss: crypto.randomUUID(), sub: crypto.randomUUID() })),
    }
    for (const [lie, assertion] of Object.entries(lies)) {
      const { status, body } = await asks(assertion)
      assert.ok(status === 400 || status === 401, `${lie}: ${status}`)
      assert.equal(body['access_token'], undefined, lie)
    }
  })

  test('asks for its own scopes only', async () => {
    for (const scope of [
      '',
      'system/*.cruds',
      'system/Patient.u',
      'patient/*.rs',
      'user/*.rs',
      'openid',
      'system/Nothing.rs',
      'system/*.rs nonsense',
    ]) {
      const { status, body } = await asks(await signed(claims()), scope)
      assert.equal(body['error'], 'invalid_scope', `${scope}: ${status} ${JSON.stringify(body)}`)
    }
    const code = await form(world, '/oauth/token', {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'https://app.example',
      client_assertion_type: type,
      client_assertion: await signed(claims()),
    })
    assert.equal(code.status, 400)
  })

  test('is registered with public keys kept here: no address is ever fetched for them', async () => {
    const make = (more: object) =>
      registerApp(world, world.organizationId, { name: 'X', redirectUris: [], scopes: ['system/*.rs'], ...more })
    const { x, y, d } = pairs.ES384.privateKey.export({ format: 'jwk' })
    for (const jwks of [
      undefined,
      {},
      { keys: [] },
      { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] },
      { keys: [{ kty: 'EC', crv: 'P-384', x, y, d }] },
      'http://169.254.169.254/jwks',
    ])
      await assert.rejects(make({ jwks }), Error, JSON.stringify(jwks))
    for (const scopes of [['patient/*.rs'], ['offline_access'], ['system/Nothing.rs'], ['*']])
      await assert.rejects(make({ jwks: { keys }, scopes }))
    for (const uri of [
      'http://app.example/cb',
      'https://app.example/#x',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:,x',
      '/cb',
      'https://user@app.example/',
    ])
      await assert.rejects(make({ redirectUris: [uri], scopes: ['patient/*.rs'], isPublic: true }), Error, uri)
    const apps = await listApps(world, world.organizationId)
    assert.ok(apps.every(({ name }) => name !== 'X'))
  })

  test('may use the keys of the published examples, whose assertions verify and are long over', async () => {
    const published = vector('assertions.json')
    for (const alg of ['rs384', 'es384'] as const) {
      const jwks = vector(`${alg}.public.json`)
      const currentDate = new Date('2015-01-29T22:00:00Z')
      const { payload } = await jwtVerify(published[alg], createLocalJWKSet(jwks), { currentDate })
      assert.equal(payload.jti, 'random-non-reusable-jwt-id-123')
      const made = await registerApp(world, world.organizationId, {
        name: alg,
        redirectUris: [],
        scopes: ['system/*.rs'],
        jwks,
      })
      assert.equal(made.kind, 'backend')
      assert.equal((await asks(published[alg])).status, 401)
    }
  })
})
