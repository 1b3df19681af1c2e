import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../testing/world.ts'
import { ownVendor, showVendors, signVendor, stopVendor } from './vendor.ts'

const paper = { classes: 'visit', until: '2027-01-01', 'signed-by': 'Rui Costa', evidence: 'cabinet 4' }

test('the operator sees who carries what, signs and ends; an ended vendor and what it was allowed stay to be seen', async () => {
  await using world = await openWorld()
  const { organizationId } = world
  const own = (await showVendors(world, organizationId)).find((line) => line.includes('mail:'))?.split(' ')[0]
  await assert.rejects(
    signVendor(world, organizationId, { ...paper, service: 'mail', name: 'Post & Co' }),
    /end that first/,
  )
  await stopVendor(world, organizationId, own)
  await ownVendor(world, organizationId, { service: 'mail', name: 'Our relay' })
  const shown = (await showVendors(world, organizationId)).join('\n')
  assert.match(shown, /mail: Our relay \(own\)/)
  assert.match(shown, /mail: Mailbox of this machine \(own\), ended 2026-12-01/)
  await signVendor(world, organizationId, { ...paper, service: 'video', name: 'See Inc' })
  assert.match(
    (await showVendors(world, organizationId)).join('\n'),
    /See Inc[^\n]*\n +signed by Rui Costa, 2026-12-01 to 2027-01-01: visit \(cabinet 4\)/,
  )
  await assert.rejects(signVendor(world, organizationId, { service: 'fax', name: 'X' }), /--service/)
  await assert.rejects(
    signVendor(world, organizationId, { ...paper, service: 'video', name: 'X', classes: 'visit,gossip' }),
    /--classes/,
  )
})
