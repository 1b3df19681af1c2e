import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { cookieOf, withCode, withPasskey } from '../../testing/colleague.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'

describe('who is named to care for a patient, and how the record is marked', () => {
  let world: World
  let ada: string
  type Person = Awaited<ReturnType<typeof withPasskey>>
  let [nia, oda, kim]: Person[] = []
  before(async () => {
    world = await openWorld()
    await openClinic(world)
    ada = await addPatient(world, 'Ada')
    nia = await withPasskey(world, 'Nia Cole', ['practice_admin', 'nurse'])
    oda = await withPasskey(world, 'Oda Wells', ['auditor'])
    kim = await withPasskey(world, 'Kim Roe', ['nurse'])
    const switched = await world.ask('POST', '/api/people/session/role', { role: 'practice_admin' }, as(nia))
    nia = { ...nia, cookie: cookieOf(switched) || nia.cookie }
  })
  after(() => world[Symbol.asyncDispose]())

  const as = (who: Person | undefined) => ({ cookie: who?.cookie ?? '' })
  const name = (who: Person | undefined, body: object) =>
    world.ask('POST', `/api/people/patients/${ada}/care-team`, body, as(who))
  const mark = (who: Person | undefined, held: boolean) =>
    world.ask('POST', `/api/people/patients/${ada}/flags`, { kind: 'vip', held }, as(who))
  const show = async (who: Person | undefined) =>
    (await world.ask('GET', `/api/people/patients/${ada}/care-team`, undefined, as(who))).body
  const opens = async (who: Person | undefined) =>
    (await world.ask('GET', `/api/scheduling/patients/${ada}`, undefined, as(who))).status

  test('a colleague is named until a day, opens the record until then, and is listed with who said so', async () => {
    const until = world.now().add({ minutes: 5 })
    assert.equal(await opens(kim), 403)
    assert.equal((await name(nia, { personId: kim?.id, held: true, until: until.toString() })).status, 200)
    assert.equal(await opens(kim), 200)
    const [member] = (await show(oda))['team']
    assert.deepEqual([member.person.name, member.by, member.holds, member.mine], ['Kim Roe', 'Nia Cole', true, false])
    world.at(until)
    assert.equal(await opens(kim), 403)
    assert.equal((await show(oda))['team'][0].holds, false)
    assert.equal((await name(nia, { personId: kim?.id, held: false })).status, 200)
    const [over] = (await show(oda))['team']
    assert.deepEqual([over.endedBy, over.endedAt], ['Nia Cole', world.now().toString()])
  })

  test('nobody names themselves, whoever does not work here is not named, and a day that is over is refused', async () => {
    const own = await name(nia, { personId: nia?.id, held: true })
    assert.equal(own.body['code'], 'not_your_own')
    const late = await name(nia, { personId: kim?.id, held: true, until: world.now().toString() })
    assert.equal(late.body['code'], 'until')
    await withCode(world, 'pat@example.org')
    const stranger = await world.write((tx) =>
      tx.selectFrom('people.person').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow(),
    )
    assert.equal((await name(nia, { personId: stranger.id, held: true })).status, 404)
    assert.equal((await name(oda, { personId: kim?.id, held: true })).status, 403, 'the privacy officer only reads')
    assert.equal((await name(kim, { personId: kim?.id, held: true })).status, 403)
    assert.equal(await opens(kim), 403)
  })

  test('the privacy officer marks a record and takes the mark off; both stay in the list, and a nurse sees none of it', async () => {
    assert.equal((await mark(oda, true)).status, 200)
    const [flag] = (await show(nia))['flags']
    assert.deepEqual([flag.kind, flag.by, flag.endedAt], ['vip', 'Oda Wells', null])
    assert.equal((await mark(oda, false)).status, 200)
    assert.equal((await show(nia))['flags'][0].endedBy, 'Oda Wells')
    const refused = await world.ask('GET', `/api/people/patients/${ada}/care-team`, undefined, as(kim))
    assert.equal(refused.status, 403)
    assert.equal((await mark(kim, true)).status, 403)
    const none = await world.ask('GET', `/api/people/patients/${kim?.id}/care-team`, undefined, as(oda))
    assert.equal(none.status, 404)
  })

  test('what is kept under a number that the record had before is listed and ended with it', async () => {
    const twin = await addPatient(world, 'Ada', 'Twin')
    const at = `/api/people/patients/${twin}`
    await world.ask('POST', `${at}/care-team`, { personId: kim?.id, held: true }, as(nia))
    const merge = { survivorId: ada, absorbedId: twin, chosen: [], reason: 'Same passport' }
    const merged = await (await world.frontDesk()).asks('POST', '/api/people/merges', merge)
    assert.equal(merged.status, 200, JSON.stringify(merged.body))
    await world.ask('POST', `${at}/flags`, { kind: 'family', held: true }, as(oda))
    const shown = await show(oda)
    assert.ok(
      shown['flags'].some((flag: { kind: string; endedAt: unknown }) => flag.kind === 'family' && !flag.endedAt),
    )
    assert.equal((await name(nia, { personId: kim?.id, held: false })).status, 200)
    await world.ask('POST', `/api/people/patients/${ada}/flags`, { kind: 'family', held: false }, as(oda))
    const { team, flags } = (await show(oda)) as { team: { endedAt: unknown }[]; flags: { endedAt: unknown }[] }
    assert.ok([...team, ...flags].every(({ endedAt }) => endedAt !== null))
    assert.equal(await opens(kim), 403)
  })
})
