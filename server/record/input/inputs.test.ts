import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openInputs, readResources } from './index.ts'

const folder = await mkdtemp(join(tmpdir(), 'inputs-'))
after(() => rm(folder, { recursive: true }))
const put = (name: string, content: string | Uint8Array = '{"resourceType":"Basic"}') =>
  writeFile(join(folder, name), content)

test('a folder is read wholly, places and clinicians before patients before their records', async () => {
  await mkdir(join(folder, 'more', '.hidden'), { recursive: true })
  const names = ['Zoe_1.json', 'Abe_2.json', 'Patient.000.ndjson', '1.Organization.ndjson.gz', 'PractitionerRole.ndjson', 'Practitioner.ndjson', 'practitionerInformation15.json', 'hospitalInformation15.json', 'Coverage.ndjson', 'more/Location.jsonl'] // prettier-ignore
  for (const name of [...names, 'readme.txt', 'more/.hidden/x.json', '.x.json']) await put(name)
  const { files, totalBytes } = await openInputs([folder])
  assert.deepEqual(
    files.map(({ name }) => basename(name)),
    ['hospitalInformation15.json', 'practitionerInformation15.json', '1.Organization.ndjson.gz', 'Location.jsonl', 'Practitioner.ndjson', 'PractitionerRole.ndjson', 'Patient.000.ndjson', 'Coverage.ndjson', 'Abe_2.json', 'Zoe_1.json'], // prettier-ignore
  )
  assert.equal(totalBytes, names.length * 24)
})

test('progress counts the bytes of the file itself, packed as it may be, up to its size', async () => {
  await put('packed.gz', gzipSync('{"resourceType":"Basic"}\n'.repeat(1000)))
  const { files, totalBytes } = await openInputs([join(folder, 'packed.gz')])
  const [file] = files
  assert(file)
  let count = 0
  for await (const entry of readResources(file.open(), { file: file.name })) if (entry.ok) count++
  assert.equal(count, 1000)
  assert.equal(file.bytesRead(), totalBytes)
  assert((totalBytes ?? 0) < 2500)
})

test('standard input has no size to draw a bar by', async () => {
  await put('one.json')
  const { files, totalBytes } = await openInputs([join(folder, 'one.json'), '-'])
  assert.equal(totalBytes, undefined)
  assert.equal(files.at(-1)?.name, 'standard input')
})

test('what can not be read is named', async () => {
  const gone = join(folder, 'gone.json')
  await assert.rejects(openInputs([gone]), { message: `${gone} can not be read: there is no such file or folder` })
  await put('gone.json')
  const { files } = await openInputs([gone])
  await rm(gone)
  await assert.rejects(
    async () => {
      for await (const _ of files[0]!.open()) assert.fail('nothing is there to read')
    },
    { message: `${gone} can not be read: there is no such file or folder` },
  )
})
