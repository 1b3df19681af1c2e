import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readResources, type Entry, type ReadOptions } from './index.ts'

async function* inChunks(bytes: Uint8Array, sizes: readonly number[] = []): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) return
    yield bytes.slice(at, at + size)
    at += size
  }
  if (at < bytes.length) yield bytes.slice(at)
}

async function read(input: string | Uint8Array, options: Partial<ReadOptions> & { sizes?: readonly number[] } = {}) {
  const { sizes, ...rest } = options
  const entries: Entry[] = []
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  for await (const entry of readResources(inChunks(bytes, sizes), { file: 'clinic.json', ...rest })) entries.push(entry)
  return entries
}

const told = (entries: readonly Entry[]) =>
  entries.map((entry) =>
    entry.ok
      ? `${entry.resource.resourceType}/${entry.resource.id}`
      : [entry.reason, entry.where.entry, entry.where.path, entry.detail]
          .filter((part) => part !== undefined)
          .join('; '),
  )

const ada = { resourceType: 'Patient', id: 'ada', name: [{ family: 'Núñez "Ñ" \\', given: ['Ada', '{[}]'] }] }
const room = { resourceType: 'Location', id: 'room', position: { latitude: 42.1, longitude: -71.5 } }
const bundleText = (entries: readonly unknown[], indent?: number) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries }, null, indent)
const entryOf = (resource: { id: string }) => ({
  fullUrl: `urn:uuid:${resource.id}`,
  resource,
  request: { method: 'POST', url: 'x' },
})
const both = bundleText([entryOf(ada), entryOf(room)])
const lines = `${JSON.stringify(ada)}\n${JSON.stringify(room)}\n`
const nest = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('what a clinic may hand over', () => {
  test('a bundle of any kind gives each of its resources, word for word, and where it stood', async () => {
    const pretty = bundleText([entryOf(ada), entryOf(room)], 2)
    const entries = await read(pretty)
    assert.deepEqual(told(entries), ['Patient/ada', 'Location/room'])
    const [first, second] = entries
    assert(first?.ok && second?.ok)
    assert.deepEqual(first.resource, ada)
    assert.equal(first.fullUrl, 'urn:uuid:ada')
    assert.deepEqual(JSON.parse(first.text), ada)
    assert(pretty.includes(first.text))
    assert.deepEqual(second.where, {
      file: 'clinic.json',
      entry: 1,
      path: 'Bundle.entry[1].resource',
      byteOffset: Buffer.byteLength(pretty.slice(0, pretty.indexOf(second.text))),
    })
    assert.equal(first.bytes, Buffer.byteLength(first.text))
  })

  test('the bundle may say what it is only after its entries', async () => {
    assert.deepEqual(
      told(await read(`{"entry":[{"resource":${JSON.stringify(room)}}],"type":"batch","resourceType":"Bundle"}`)),
      ['Location/room'],
    )
    const bare = `{"entry":[{"request":{}},{"resource":${JSON.stringify(room)}}],"resourceType":"Bundle"}`
    assert.deepEqual(told(await read(bare)), [
      'no-resource; 0; Bundle.entry[0]; the entry has no resource',
      'Location/room',
    ])
    const wrong = `{"entry":[{"resource":{"resourceType":"Basic",}},{"resource":${JSON.stringify(room)}}],"resourceType":"Bundle"}`
    const [fault, ...others] = told(await read(wrong, { sizes: [30] }))
    assert.match(fault ?? '', /^not-json; 0; Bundle.entry\[0\];/)
    assert.deepEqual(others, ['Location/room'])
    const list = '{"entry":[{"item":{"reference":"Patient/ada"}}],"id":"mine","resourceType":"List"}'
    assert.deepEqual(told(await read(list)), ['List/mine'])
  })

  test('a bundle without entries holds nothing, and that is no fault', async () => {
    assert.deepEqual(await read('{"resourceType":"Bundle","type":"searchset","total":0}'), [])
    assert.deepEqual(await read('{"resourceType":"Bundle","entry":[ ]}'), [])
  })

  test('a resource alone, NDJSON, bundles on lines and resources one after the other are all read', async () => {
    assert.deepEqual(told(await read(JSON.stringify(ada, null, 2))), ['Patient/ada'])
    for (const file of ['Patient.ndjson', 'standard input'])
      assert.deepEqual(told(await read(`${lines}\r\n\n${both}\n`, { file })), [
        'Patient/ada',
        'Location/room',
        'Patient/ada',
        'Location/room',
      ])
    assert.deepEqual(told(await read(`${JSON.stringify(ada, null, 2)}\n${JSON.stringify(room, null, 2)}`)), [
      'Patient/ada',
      'Location/room',
    ])
    assert.deepEqual(told(await read(JSON.stringify(ada, null, 2), { file: 'misnamed.ndjson' })), ['Patient/ada'])
  })

  test('gzip is known by its first bytes, also in several members, and a byte order mark is no matter', async () => {
    const packed = Buffer.concat([gzipSync(`\uFEFF${lines}`), gzipSync(lines)])
    assert.equal((await read(packed, { file: 'x.ndjson', sizes: [1, 1, 7] })).filter((entry) => entry.ok).length, 4)
    assert.equal((await read(`\uFEFF${both}`)).filter((entry) => entry.ok).length, 2)
  })

  test('it does not matter how the bytes arrive', async () => {
    const broken = `{"resourceType":"Bundle","entry":[{"resource":${JSON.stringify(ada)}},7,{"request":{}},{"resource":{"id":"x","id":"y"}},{"x":"\\\\"}],"link":[{"a":"]"}]}`
    for (const [input, file] of [
      [both, 'a.json'],
      [lines, 'b.ndjson'],
      [broken, 'c.json'],
      [`${lines}{"a":\n<x>\n${lines}`, 'd.ndjson'],
      [gzipSync(both), 'e.gz'],
    ] as const) {
      const bytes = Buffer.from(input)
      const whole = await read(bytes, { file })
      for (let at = 1; at < bytes.length; at++)
        assert.deepEqual(await read(bytes, { file, sizes: [at] }), whole, `${file} cut at ${at}`)
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 200 }), async (sizes) =>
          assert.deepEqual(await read(bytes, { file, sizes }), whole),
        ),
        { numRuns: 50 },
      )
    }
  })

  test('whatever JSON a resource holds comes out as it went in', async () => {
    const resource = fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }))
      .map((content) => ({ content, resourceType: 'Basic', id: 'any' }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(resource, { maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        async (resources, size) => {
          const text = bundleText(resources.map(entryOf), 1)
          const entries = await read(text, { sizes: Array.from({ length: text.length }, () => size) })
          assert.deepEqual(
            entries.map((entry) => (entry.ok ? JSON.stringify(entry.resource) : entry)),
            resources.map((one) => JSON.stringify(one)),
          )
        },
      ),
    )
  })
})

describe('what is wrong is said, and loses nothing else', () => {
  const within = (middle: string) =>
    `{"resourceType":"Bundle","entry":[{"resource":${JSON.stringify(ada)}},${middle},{"resource":${JSON.stringify(room)}}]}`
  const entryCases: Record<string, [entry: string, fault: string]> = {
    'a resource with a field twice': [
      '{"resource":{"resourceType":"Patient","contact":[{},{"name":{"text":"A","text":"B"}}]}}',
      "duplicate-key; 1; Bundle.entry[1].resource.contact[1].name.text; duplicate key 'text'",
    ],
    'a field twice, once written with an escape': [
      '{"resource":{"resourceType":"Patient","birthDate":"1980","birth\\u0044ate":"1981"}}',
      "duplicate-key; 1; Bundle.entry[1].resource.birthDate; duplicate key 'birthDate'",
    ],
    'a field twice around a very long text': [
      `{"resource":{"resourceType":"Binary","id":"x","data":"${'\\\\x'.repeat(300_000)}","id":"y"}}`,
      "duplicate-key; 1; Bundle.entry[1].resource.id; duplicate key 'id'",
    ],
    'an entry with only a request': [
      '{"request":{"method":"DELETE"}}',
      'no-resource; 1; Bundle.entry[1]; the entry has no resource',
    ],
    'a resource that is a list': [
      '{"resource":[]}',
      'no-resource; 1; Bundle.entry[1].resource; the resource is not an object',
    ],
    'an entry that is a word': ['"x"', 'no-resource; 1; Bundle.entry[1]; the entry is not an object'],
    'an entry that is a list': ['[{}]', 'no-resource; 1; Bundle.entry[1]; the entry is not an object'],
    'two commas': ['', 'no-resource; 1; Bundle.entry[1]; nothing stands before or after a comma'],
    'a resource that does not say its type': [
      '{"resource":{"id":"x"}}',
      'no-type; 1; Bundle.entry[1].resource; resourceType is missing',
    ],
    'a type that is a number': [
      '{"resource":{"resourceType":7}}',
      'no-type; 1; Bundle.entry[1].resource; resourceType is not a name',
    ],
    'a resource nested too deep': [
      `{"resource":{"resourceType":"Basic","a":${nest(100)}}}`,
      'too-deep; 1; Bundle.entry[1]; more than 100 levels of nesting',
    ],
    'a resource nested without end': [
      `{"resource":${nest(50_000)}}`,
      'too-deep; 1; Bundle.entry[1]; more than 100 levels of nesting',
    ],
    'a resource too large': [
      `{"resource":{"a":"${'x'.repeat(2000)}"}}`,
      'too-large; 1; Bundle.entry[1]; more than 2000 bytes',
    ],
  }
  for (const [what, [entry, expected]] of Object.entries(entryCases))
    test(`${what} is set aside; its neighbours are read`, async () => {
      const maxBytes = what.includes('large') ? 2000 : 1_000_000
      for (const sizes of [[], Array.from({ length: 3000 }, () => 64)])
        assert.deepEqual(told(await read(within(entry), { maxBytes, sizes })), [
          'Patient/ada',
          expected,
          'Location/room',
        ])
    })

  test('a hundred levels are still read', async () => {
    assert.deepEqual(told(await read(within(`{"resource":{"resourceType":"Basic","a":${nest(99)}}}`))), [
      'Patient/ada',
      'Basic/undefined',
      'Location/room',
    ])
  })

  test('wrong JSON and wrong UTF-8 are found to the byte, and the message quotes nobody', async () => {
    const text = within('{"resource":{"resourceType":"Patient","id":"zoe",}}')
    const [, fault, last] = await read(text)
    assert(fault && !fault.ok && last?.ok)
    assert.equal(fault.reason, 'not-json')
    assert(!fault.detail.includes('zoe'))
    const bytes = Buffer.from(both)
    const at = bytes.indexOf('Ada')
    bytes[at] = 0xff
    const [bad, good] = await read(bytes)
    assert(bad && !bad.ok && good?.ok)
    assert.deepEqual([bad.reason, bad.where.byteOffset, bad.detail], ['not-utf8', at, `byte ${at} is not UTF-8`])
  })

  test('a file cut off anywhere still gives all that came before, and says where it ended', async () => {
    for (let length = 1; length < both.length; length++) {
      const entries = await read(both.slice(0, length))
      const last = entries.pop()
      assert(last && !last.ok && last.reason === 'truncated', `at ${length}`)
      assert.equal(last.where.byteOffset, Buffer.byteLength(both.slice(0, length)))
      assert(entries.every((entry) => entry.ok))
      assert.equal(
        entries.length,
        [ada, room].filter(
          (one) => both.indexOf(JSON.stringify(entryOf(one))) + JSON.stringify(entryOf(one)).length <= length,
        ).length,
      )
    }
    assert.deepEqual(
      told(await read(both.slice(0, -10))).at(-1),
      'truncated; 1; Bundle.entry[1]; the input ends inside entry 1',
    )
  })

  test('a gzip file cut off or damaged still gives what could be unpacked', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => JSON.stringify({ ...ada, id: `p${at}-${Math.sin(at)}` })).join(
      '\n',
    )
    const packed = gzipSync(many)
    const short = await read(packed.subarray(0, packed.length >> 1), { file: 'x.ndjson.gz' })
    const end = short.at(-1)
    assert(end && !end.ok && /the gzip data ends early/.test(end.detail))
    assert(short.length > 1000 && short.slice(0, -1).every((entry) => entry.ok))
    const wrongSum = Buffer.from(packed)
    wrongSum.writeUInt32LE(1, packed.length - 8)
    const damaged = await read(wrongSum, { file: 'x.ndjson.gz' })
    assert(damaged.filter((entry) => entry.ok).length > 2900)
    assert.match(told(damaged).at(-1) ?? '', /^(gzip|truncated); .*the gzip data is damaged/)
  })

  test('a bad line of NDJSON costs that line', async () => {
    const bad = [
      '{"resourceType":"Patient"',
      'hello',
      '{"a":[}',
      `{"a":"${'x'.repeat(500)}"}`,
      '{} x',
      '[]',
      '{"resourceType":"Basic","a":1,"a":2}',
      '"{"',
    ]
    const text = `${JSON.stringify(ada)}\n${bad.map((line) => `${line}\n${JSON.stringify(room)}`).join('\n')}`
    const entries = await read(text, { file: 'x.ndjson', maxBytes: 400 })
    assert.equal(entries.filter((entry) => entry.ok).length, 1 + bad.length)
    assert.deepEqual(told(entries.filter((entry) => !entry.ok)), [
      'truncated; 2; the line ends inside the resource',
      'not-json; 4; this is not JSON',
      'not-json; 6; a list is closed by }; what follows has no known place',
      'too-large; 8; more than 400 bytes',
      'no-type; 10; resourceType is missing',
      'not-json; 10; more text follows the end of the resource',
      'not-json; 12; this is a JSON list; a Bundle, a resource or NDJSON is read',
      "duplicate-key; 14; Basic.a; duplicate key 'a'",
      'not-json; 16; this is not JSON',
    ])
  })

  test('what is no FHIR JSON at all is said once', async () => {
    const cases: [string | Uint8Array, string][] = [
      ['', 'empty; 1; there is nothing in it'],
      ['\n \n', 'empty; 1; there is nothing in it'],
      ['\uFEFF', 'empty; 1; there is nothing in it'],
      ['<!doctype html>\n<p>{}\n', 'not-json; 1; this is HTML or XML, not JSON'],
      [`[${JSON.stringify(ada)}]`, 'not-json; 1; this is a JSON list; a Bundle, a resource or NDJSON is read'],
      ['MSH|^~\\&|\nPID|1', 'not-json; 1; this is not JSON'],
      [Buffer.from('\uFEFF{}', 'utf16le'), 'not-json; 1; this is UTF-16, not UTF-8'],
      ['{"id":"x"}', 'no-type; 1; resourceType is missing'],
      [
        '{"resourceType":"Bundle","resourceType":"Bundle","entry":[]}',
        "duplicate-key; 1; Bundle.resourceType; duplicate key 'resourceType'",
      ],
      ['{"resourceType":"Bundle","entry":{}}', 'no-resource; 1; Bundle.entry; entry is not a list'],
      ['{"resourceType":"Bundle" "entry":[]}', 'not-json; 1; not valid JSON at byte 25'],
      [
        '{"resourceType":"Bundle","entry":[{"resource":{"a":[}]}',
        'not-json; 0; Bundle.entry[0]; a list is closed by }; what follows has no known place',
      ],
    ]
    for (const [input, expected] of cases) assert.deepEqual(told(await read(input)), [expected])
  })

  test('a source that can not be read is the one thing that throws', async () => {
    async function* failing() {
      yield Buffer.from(lines)
      await Promise.resolve()
      throw new Error('the disk is gone')
    }
    const seen: Entry[] = []
    await assert.rejects(async () => {
      for await (const entry of readResources(failing(), { file: 'x.ndjson' })) seen.push(entry)
    }, /the disk is gone/)
    assert.equal(seen.length, 2)
  })

  test('any bytes at all give entries, never an error', async () => {
    const soup = fc.array(
      fc.oneof(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ':',
          ',',
          '\\',
          '\n',
          ' ',
          '"entry":[',
          '{"resourceType":"Bundle",',
          '"resource":{',
          'null',
        ),
        fc.string(),
      ),
      { maxLength: 60 },
    )
    await fc.assert(
      fc.asyncProperty(soup, fc.boolean(), async (parts, byLine) => {
        const entries = await read(parts.join(''), { lines: byLine, sizes: [3, 5, 7], maxBytes: 200 })
        assert(entries.length > 0 || parts.join('').includes('Bundle'))
      }),
      { numRuns: 500 },
    )
  })
})

test('memory stays flat over a long bundle and a line without end', async () => {
  const filler = Buffer.from('x'.repeat(256 * 1024))
  const item = `{"resource":{"resourceType":"Basic","note":"${'n'.repeat(2000)}"}}`
  const group = Buffer.from(`,${Array.from({ length: 100 }, () => item).join()}`)
  async function* long(head: string, part: Uint8Array, times: number, tail: string) {
    yield Buffer.from(head)
    for (let at = 0; at < times; at++) yield await Promise.resolve(part)
    yield Buffer.from(tail)
  }
  const before = process.memoryUsage.rss()
  let [most, count] = [0, 0]
  const inputs = [
    [long('{"a":"', filler, 240, `"}\n${JSON.stringify(ada)}\n`), 'x.ndjson', 2],
    [long(`{"resourceType":"Bundle","entry":[${item}`, group, 300, ']}'), 'x.json', 30_001],
  ] as const
  for (const [source, file, expected] of inputs) {
    count = 0
    for await (const entry of readResources(source, { file })) {
      count++
      if (count % 1000 === 1) most = Math.max(most, process.memoryUsage.rss())
      assert(entry.ok || entry.reason === 'too-large')
    }
    assert.equal(count, expected)
  }
  assert((most - before) / 1e6 < 120, `${Math.round((most - before) / 1e6)} MB more`)
})
