/** Letters over a real SMTP conversation: what arrives is whole, and what fails says whether to try again. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { test } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { DeliveryFault } from './delivery.ts'
import { messageIdOf, readAddress, smtpMail, type Letter } from './mail.ts'
import { Clearance } from './gate.ts'

const content = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Attend//Attend//ES',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1',
  'SEQUENCE:1',
  'DTSTAMP:20261123T120000Z',
  'DTSTART:20261202T150000Z',
  'SUMMARY:Cita en Clínica Ñandú',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')
// What it says is not what these tests are about.
const { clearance } = Clearance.of({ carry: 'whole' }, { whole: 0, reduced: 0 }) ?? assert.fail()
const letter: Letter = {
  clearance,
  organizationId: 'org',
  key: 'message-1',
  to: 'ada@example.org',
  from: { name: 'Clínica Ñandú, Boston', address: 'no-reply@care.example.org' },
  replyTo: 'desk@care.example.org',
  subject: 'Su cita en Clínica Ñandú: mié, 2 de dic',
  text: 'Hola, Ada:\n\n¿Preguntas? Llámenos.\n.\nFin\n',
  html: '<!doctype html>\n<html lang="es"><p>¿Preguntas? Llámenos — «ya».</p></html>\n',
  language: 'es',
  calendar: { method: 'REQUEST', content, fileName: 'visit.ics' },
}

interface Arrived {
  from: string
  to: string[]
  raw: string
}

async function openRelay(options: SMTPServerOptions = {}, login = '') {
  const arrived: Arrived[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH'],
    logger: false,
    async onData(stream, session, done) {
      const raw = await textOf(stream)
      const { mailFrom, rcptTo } = session.envelope
      arrived.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw })
      done()
    },
    ...options,
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const mail = smtpMail({
    url: `smtp://${login}127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    patienceMs: 2000,
  })
  const close = () => new Promise<void>((done) => server.close(() => done()))
  return {
    arrived,
    mail,
    async [Symbol.asyncDispose]() {
      mail.close()
      await close()
    },
  }
}

async function faultOf(sending: Promise<unknown>): Promise<DeliveryFault> {
  const error = await sending.then(
    () => assert.fail('was taken'),
    (e: unknown) => e,
  )
  assert.ok(error instanceof DeliveryFault, String(error))
  assert.doesNotMatch(
    `${error.message} ${error.cause} ${error.stack}`,
    /ada@example/,
    'the address of a patient is in no error',
  )
  return error
}

interface Part {
  headers: Map<string, string>
  body: string
  parts: Part[]
}

/** Just enough MIME (RFC 2045, 2046) to read a letter back. */
function parse(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n')
  const headers = new Map(
    raw
      .slice(0, end)
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line): [string, string] => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
      }),
  )
  const body = raw.slice(end + 4)
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1]
  if (!boundary) return { headers, body: decode(body, headers.get('content-transfer-encoding')), parts: [] }
  const pieces = body.split(`--${boundary}`)
  assert.ok(pieces.at(-1)?.startsWith('--'), 'the last boundary is closed')
  return {
    headers,
    body: '',
    parts: pieces.slice(1, -1).map((piece) => parse(piece.replace(/^\r\n/, '').replace(/\r\n$/, ''))),
  }
}

function decode(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable') return body
  return unquoted(body.replace(/=\r\n/g, ''))
}
const unquoted = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString()
/** Encoded words, RFC 2047. */
const words = (header = '') =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
    )
const typeOf = (part?: Part) => part?.headers.get('content-type')?.split(';')[0]

test('a letter arrives whole: text, page, invitation and file, with its accents', async () => {
  await using relay = await openRelay()
  const receipt = await relay.mail.send(letter)
  const [mail, ...more] = relay.arrived
  assert.ok(mail)
  assert.equal(more.length, 0)
  assert.deepEqual([mail.from, mail.to], ['no-reply@care.example.org', ['ada@example.org']])
  assert.match(mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n')), /^[\x20-\x7e\r\n\t]*$/, 'headers are ASCII')
  const { headers, parts } = parse(mail.raw)
  assert.equal(headers.get('message-id'), receipt.id)
  assert.equal(words(headers.get('subject')), letter.subject)
  assert.match(words(headers.get('from')), /^"?Clínica Ñandú, Boston"? <no-reply@care\.example\.org>$/)
  assert.equal(headers.get('reply-to'), 'desk@care.example.org')
  assert.equal(headers.get('auto-submitted'), 'auto-generated')
  assert.equal(headers.get('content-language'), 'es')
  assert.match(headers.get('content-type') ?? '', /^multipart\/mixed/)
  const [alternatives, file] = parts
  assert.equal(typeOf(alternatives), 'multipart/alternative')
  assert.deepEqual(alternatives?.parts.map(typeOf), ['text/plain', 'text/html', 'text/calendar'])
  const [plain, page, invitation] = alternatives.parts
  for (const part of alternatives.parts) assert.match(part.headers.get('content-type') ?? '', /charset=utf-8/i)
  assert.equal(plain?.body.replaceAll('\r\n', '\n').trimEnd(), letter.text.trimEnd())
  assert.equal(page?.body.replaceAll('\r\n', '\n').trimEnd(), letter.html.trimEnd())
  assert.match(invitation?.headers.get('content-type') ?? '', /method=REQUEST/)
  assert.equal(invitation?.body.trimEnd(), content.trimEnd())
  assert.equal(typeOf(file), 'application/ics')
  assert.match(file?.headers.get('content-disposition') ?? '', /^attachment; filename="?visit\.ics"?$/)
  assert.equal(file?.body.trimEnd(), content.trimEnd())
})

test('a letter sent again carries the same Message-ID, another letter another one', async () => {
  await using relay = await openRelay()
  const receipts = [
    await relay.mail.send(letter),
    await relay.mail.send(letter),
    await relay.mail.send({ ...letter, key: 'message-2' }),
  ]
  assert.equal(receipts[0]?.id, receipts[1]?.id)
  assert.notEqual(receipts[0]?.id, receipts[2]?.id)
  assert.deepEqual(
    relay.arrived.map(({ raw }) => parse(raw).headers.get('message-id')),
    receipts.map(({ id }) => id),
  )
  assert.match(messageIdOf(letter), /^<[0-9a-f]{40}@care\.example\.org>$/)
})

test('a cancellation is sent as one, and a letter without a visit has no calendar', async () => {
  await using relay = await openRelay()
  await relay.mail.send({ ...letter, calendar: { method: 'CANCEL', content, fileName: 'cancel.ics' } })
  const { calendar: _, ...plain } = letter
  await relay.mail.send(plain)
  const [cancelled, code] = relay.arrived.map(({ raw }) => raw)
  assert.match(cancelled ?? '', /text\/calendar; charset=utf-8; method=CANCEL/)
  assert.doesNotMatch(code ?? '', /calendar|\.ics/)
})

test('one letter goes to one person, whatever stands in the address or the subject', async () => {
  await using relay = await openRelay()
  await relay.mail.send({ ...letter, subject: 'Hi\r\nBcc: eve@example.org' })
  await relay.mail
    .send({ ...letter, to: 'ada@example.org, eve@example.org' })
    .catch((error: unknown) => assert.ok(error instanceof DeliveryFault))
  for (const { to, raw } of relay.arrived) {
    assert.equal(to.length, 1)
    assert.doesNotMatch(raw, /^bcc:/im)
  }
})

test('a hundred letters at once use few connections and all arrive once', async () => {
  let connections = 0
  await using relay = await openRelay({
    onConnect(_, done) {
      connections += 1
      done()
    },
  })
  await Promise.all(Array.from({ length: 100 }, (_, i) => relay.mail.send({ ...letter, key: `many-${i}` })))
  assert.equal(new Set(relay.arrived.map(({ raw }) => parse(raw).headers.get('message-id'))).size, 100)
  assert.equal(relay.arrived.length, 100)
  assert.ok(connections <= 4, `${connections} connections`)
})

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
const refusals = [
  {
    name: 'an unknown address',
    at: 'RCPT TO',
    error: answer(550, '5.1.1 no ada@example.org here'),
    temporary: false,
    cause: 'refused 550 5.1.1 at RCPT TO',
  },
  {
    name: 'a full mailbox',
    at: 'RCPT TO',
    error: answer(452, '4.2.2 mailbox full'),
    temporary: true,
    cause: 'refused 452 4.2.2 at RCPT TO',
  },
  {
    name: 'a greylisted letter',
    at: 'DATA',
    error: answer(451, '4.7.1 later'),
    temporary: true,
    cause: 'refused 451 4.7.1 at DATA',
  },
  {
    name: 'a letter taken for spam',
    at: 'DATA',
    error: answer(554, '5.7.1 spam'),
    temporary: false,
    cause: 'refused 554 5.7.1 at DATA',
  },
  {
    name: 'a sender that is not set up yet',
    at: 'MAIL FROM',
    error: answer(550, '5.7.1 not you'),
    temporary: true,
    cause: 'refused 550 5.7.1 at MAIL FROM',
  },
  {
    name: 'a relay that is closed',
    at: 'CONN',
    error: answer(554, 'no service'),
    temporary: true,
    cause: 'refused 554 at CONN',
  },
] as const

for (const { name, at, error, temporary, cause } of refusals)
  test(`${name} is ${temporary ? 'tried again' : 'not tried again'}`, async () => {
    await using relay = await openRelay({
      onConnect: (_, done) => done(at === 'CONN' ? error : null),
      onMailFrom: (_, __, done) => done(at === 'MAIL FROM' ? error : null),
      onRcptTo: (_, __, done) => done(at === 'RCPT TO' ? error : null),
      async onData(stream, _, done) {
        await textOf(stream)
        done(at === 'DATA' ? error : null)
      },
    })
    const fault = await faultOf(relay.mail.send(letter))
    assert.deepEqual([fault.temporary, fault.uncertain, fault.cause], [temporary, false, cause])
  })

test('a wrong password of ours is tried again, and is never shown', async () => {
  await using relay = await openRelay(
    { disabledCommands: [], allowInsecureAuth: true, onAuth: (_, __, done) => done(answer(535, '5.7.8 hunter2')) },
    'clinic:hunter2@',
  )
  const fault = await faultOf(relay.mail.send(letter))
  assert.equal(fault.temporary, true)
  assert.doesNotMatch(`${fault.message} ${fault.cause}`, /hunter2/)
})

test('a relay that is not there is tried again', async () => {
  const mail = smtpMail({ url: 'smtp://127.0.0.1:1' })
  const fault = await faultOf(mail.send(letter))
  assert.deepEqual([fault.temporary, fault.uncertain, fault.cause], [true, false, 'ECONNREFUSED'])
  mail.close()
})

/** A relay that follows a script: what it answers to each command; undefined hangs up. */
async function openScript(reply: (line: string) => string | undefined | null, host = '127.0.0.1', query = '') {
  const sockets = new Set<Socket>()
  let letters = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    let pending = ''
    let inData = false
    socket.on('error', () => undefined)
    const say = (text: string | undefined | null) =>
      text === undefined ? socket.destroy() : text && socket.write(`${text}\r\n`)
    say(reply('CONNECT'))
    socket.on('data', (bytes) => {
      pending += bytes.toString()
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end)
        pending = pending.slice(end + 2)
        if (inData && line !== '.') {
          if (reply('BODY') === undefined) socket.destroy()
          continue
        }
        if (inData) {
          inData = false
          letters += 1
          say(reply('.'))
          continue
        }
        const said = reply(line.split(' ')[0] ?? '')
        inData = said?.startsWith('354') === true
        say(said)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const mail = smtpMail({ url: `smtp://${host}:${(server.address() as AddressInfo).port}${query}`, patienceMs: 300 })
  return {
    mail,
    letters: () => letters,
    [Symbol.dispose]() {
      mail.close()
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
const polite = (line: string) =>
  line === 'CONNECT' ? '220 hi' : line === 'DATA' ? '354 go' : line === 'BODY' ? null : '250 2.0.0 ok'

test('a relay that hangs up after it has the whole letter may have kept it: said so, and not sent twice by itself', async () => {
  using relay = await openScript((line) => (line === '.' ? undefined : polite(line)))
  const fault = await faultOf(relay.mail.send(letter))
  assert.deepEqual([fault.temporary, fault.uncertain], [true, true])
  await new Promise((done) => setTimeout(done, 400))
  assert.equal(relay.letters(), 1)
})

test('a relay that falls silent after the whole letter may have kept it', async () => {
  using relay = await openScript((line) => (line === '.' ? null : polite(line)))
  const fault = await faultOf(relay.mail.send(letter))
  assert.deepEqual([fault.temporary, fault.uncertain, fault.cause], [true, true, 'ETIMEDOUT'])
  assert.equal(relay.letters(), 1)
})

for (const step of ['CONNECT', 'EHLO', 'MAIL', 'RCPT', 'DATA'])
  test(`a relay that hangs up at ${step} cannot have kept the letter`, async () => {
    using relay = await openScript((line) => (line === step ? undefined : polite(line)))
    const fault = await faultOf(relay.mail.send(letter))
    assert.deepEqual([fault.temporary, fault.uncertain], [true, false])
    assert.equal(relay.letters(), 0)
  })

test('a relay on another machine gets nothing without encryption', async () => {
  const heard: string[] = []
  // An address that is not written as a loopback one, so that it counts as another machine.
  using relay = await openScript((line) => (heard.push(line), polite(line)), '[::ffff:127.0.0.1]', '?requireTLS=false')
  const fault = await faultOf(relay.mail.send(letter))
  assert.deepEqual([fault.temporary, fault.uncertain], [true, false])
  assert.deepEqual([...new Set(heard)], ['CONNECT', 'EHLO', 'STARTTLS'])
})

test('a sender is read from configuration, or refused', () => {
  assert.deepEqual(readAddress('Attend <no-reply@localhost>'), { name: 'Attend', address: 'no-reply@localhost' })
  assert.deepEqual(readAddress('"Clinic, Inc" <a@b.org>'), { name: 'Clinic, Inc', address: 'a@b.org' })
  assert.deepEqual(readAddress('a@b.org'), { name: '', address: 'a@b.org' })
  for (const wrong of ['', 'Attend', 'a@b.org, c@d.org', '<a b@c>']) assert.throws(() => readAddress(wrong), RangeError)
})
