import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ConfigFault, readConfig } from './config.ts'

const good = {
  ATTEND_MODE: 'production',
  ATTEND_SECRET: 'q9Xv2LrT8sWk4ZpB7nMc1HdJ6yGf3RaE',
  PUBLIC_URL: 'https://care.example.org',
  SMTP_URL: 'smtp://mail.example.org:587',
}
const faultOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigFault)
    return error.message
  }
  return 'none'
}

test('nothing has to be set to try it', () => {
  const config = readConfig({})
  assert.equal(config.production, false)
  assert.equal(config.publicUrl, 'http://localhost:8080')
})

test('every fault is named in one message', () => {
  const told = faultOf({ PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', PUBLIC_URL: 'nowhere' })
  for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'PUBLIC_URL']) assert.match(told, new RegExp(name))
})

test('production refuses default secrets, plain http, the local mailbox and an open line to the database', () => {
  assert.equal(faultOf(good), 'none')
  assert.match(faultOf({ ATTEND_MODE: 'production' }), /ATTEND_SECRET[\s\S]*PUBLIC_URL[\s\S]*SMTP_URL/)
  assert.match(faultOf({ ...good, ATTEND_SECRET: 'changeme-changeme-changeme-changeme' }), /guessable/)
  assert.match(faultOf({ ...good, PUBLIC_URL: 'http://care.example.org' }), /https/)
  assert.match(faultOf({ ...good, DATABASE_URL: 'postgres://u@db.example.org/attend' }), /verify-full/)
  assert.equal(faultOf({ ...good, DATABASE_URL: 'postgres://u@db.example.org/attend?sslmode=verify-full' }), 'none')
  assert.equal(faultOf({ ...good, DATABASE_URL: 'postgres://u@localhost/attend' }), 'none')
})

test('the example file names every variable there is, and no other', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
  const source = readFileSync(new URL('./config.ts', import.meta.url), 'utf8')
  const known = [...source.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name)
  assert.deepEqual(new Set(named), new Set(known))
})
