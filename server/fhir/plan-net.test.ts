// The directory as FHIR for everybody (Da Vinci PDEX Plan-Net 1.2): what is there, what is claimed, and what stays closed.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClinic, type Clinic } from '../testing/clinic.ts'
import { openWorld, type World } from '../testing/world.ts'

const guide = 'http://hl7.org/fhir/us/davinci-pdex-plan-net'
const open = ['HealthcareService', 'InsurancePlan', 'Location', 'Organization', 'Practitioner', 'PractitionerRole']

describe('the public directory', () => {
  let world: World
  let clinic: Clinic
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
  })
  after(() => world[Symbol.asyncDispose]())
  const get = (path: string) => world.ask('GET', `/fhir/R4/${path}`)
  const found = async (path: string): Promise<Record<string, any>[]> => {
    const { status, body } = await get(path)
    assert.equal(status, 200, JSON.stringify(body))
    return (body['entry'] ?? []).map((one: { resource: object }) => one.resource)
  }

  test('opens to whoever asks, and nothing else does', async () => {
    const described = (await get('metadata')).body['rest'][0].resource as { type: string }[]
    for (const { type } of described) {
      const { status, body } = await get(`${type}?_count=1`)
      assert.equal(status, open.includes(type) ? 200 : 401, type)
      if (status === 401) assert.equal(body['resourceType'], 'OperationOutcome')
    }
    assert.deepEqual(
      open.filter((type) => !described.some((one) => one.type === type)),
      [],
    )
    const nurse = await world.as('nurse')
    assert.equal((await nurse.asks('GET', '/fhir/R4/Practitioner')).status, 200)
    assert.equal((await nurse.asks('GET', '/fhir/R4/Patient')).status, 403)
  })

  test('refers only to what can be read there too', async () => {
    const resources = (await Promise.all(open.map((type) => found(type)))).flat()
    const references = new Set(
      [...JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)].map((match) => match[1] ?? ''),
    )
    assert.ok(references.size > 8)
    for (const reference of references) assert.equal((await get(reference)).status, 200, reference)
  })

  test('says of a role whether it takes new patients, and its network', async () => {
    const [role] = await found(`PractitionerRole?practitioner=${clinic.nguyen.id}`)
    const [accepting, network] = role?.['extension'] ?? []
    assert.equal(accepting.url, `${guide}/StructureDefinition/newpatients`)
    assert.match(accepting.extension[0].valueCodeableConcept.coding[0].code, /^(newpt|existptonly)$/)
    assert.equal(network.url, `${guide}/StructureDefinition/network-reference`)
    assert.deepEqual(role?.['meta'].profile, [`${guide}/StructureDefinition/plannet-PractitionerRole`])
    const { reference } = network.valueReference
    const { body } = await get(reference)
    assert.equal(body['type'][0].coding[0].code, 'ntwk')
    assert.ok(body['partOf'].reference)
    const inIt = await found(`PractitionerRole?network=${reference}`)
    assert.ok(inIt.some(({ id }) => id === role?.['id']))
    assert.equal((await found(`PractitionerRole?network=${clinic.nguyen.id}`)).length, 0)
    const [plan] = await found(`InsurancePlan?network=${reference}`)
    assert.equal(plan?.['name'], 'Bay Choice')
  })

  test('finds a service by place and specialty, with its kinds of visit', async () => {
    const services = await found('HealthcareService?specialty=207Q00000X')
    assert.equal(services.length, 1)
    const [service] = services
    assert.deepEqual(service?.['meta'].profile, [`${guide}/StructureDefinition/plannet-HealthcareService`])
    assert.ok(service?.['active'] && service['category'].length === 1)
    const kinds = service?.['type'].map((one: { text: string }) => one.text)
    assert.ok(kinds.includes('Office visit') && kinds.includes('Video visit'), String(kinds))
    const place = service?.['location'][0].reference
    assert.ok(
      (await found(`HealthcareService?location=${place}`)).every((one) => one['location'][0].reference === place),
    )
  })

  test('claims a profile only where what it demands is known', async () => {
    for (const one of await found('Organization'))
      assert.equal(one['meta'] !== undefined, one['partOf'] !== undefined && one['type'][0].coding[0].code === 'ntwk')
    for (const one of await found('Practitioner'))
      assert.equal(one['meta'] !== undefined, one['identifier'] !== undefined)
    for (const one of await found('InsurancePlan')) assert.equal(one['meta'], undefined)
  })

  test('slows down an address that asks too often, and nobody else', async () => {
    const asked = (remoteAddress: string) =>
      world.app.inject({ method: 'GET', url: '/fhir/R4/Location?_count=1', remoteAddress })
    let last = await asked('203.0.113.7')
    for (let times = 0; times < 300 && last.statusCode === 200; times++) last = await asked('203.0.113.7')
    assert.equal(last.statusCode, 429)
    assert.ok(Number(last.headers['retry-after']) > 0)
    assert.equal((await asked('203.0.113.8')).statusCode, 200)
    world.at('2026-12-01T14:02:00Z')
    assert.equal((await asked('203.0.113.7')).statusCode, 200)
  })
})
