import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { openWorld } from '../testing/world.ts'
import { readConfig } from './config.ts'
import { securityTxt } from './security-txt.ts'

async function asked(contact: string | undefined) {
  await using world = await openWorld({ now: '2026-12-01T14:00:00.5Z' })
  const http = Fastify()
  const config = readConfig(contact === undefined ? {} : { ATTEND_SECURITY_CONTACT: contact })
  securityTxt(http, { ...world, config } as never)
  return http.inject({ method: 'GET', url: '/.well-known/security.txt' })
}

test('whoever finds a weakness reads whom to tell, until when this holds, and that the page is ours', async () => {
  const { statusCode, headers, body } = await asked('mailto:safe@clinic.example')
  assert.equal(statusCode, 200)
  assert.match(String(headers['content-type']), /^text\/plain/)
  assert.deepEqual(body.trimEnd().split('\n'), [
    'Contact: mailto:safe@clinic.example',
    'Expires: 2027-05-30T14:00:01Z',
    'Preferred-Languages: en, es',
    'Canonical: http://localhost:8080/.well-known/security.txt',
  ])
})

test('a clinic that named nobody has no such page, and cannot name nonsense', async () => {
  assert.equal((await asked(undefined)).statusCode, 404)
  assert.throws(() => readConfig({ ATTEND_SECURITY_CONTACT: 'call me\nContact: evil' }), /ATTEND_SECURITY_CONTACT/)
})
