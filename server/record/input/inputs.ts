/** Opens what an import is given: files, folders and standard input, in an order in which references mostly look back. */
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface Input {
  /** The path as it was given, or as found in the folder given; 'standard input' for '-'. */
  name: string
  /** Bytes of the file as it lies on disk; undefined for standard input. */
  size: number | undefined
  /** Reads it from the start, as it is (not unpacked). Throws what names the file when it can not be read. */
  open(): AsyncIterable<Uint8Array>
  /** Bytes read so far, before unpacking. */
  bytesRead(): number
}

export interface Inputs {
  files: Input[]
  /** Sum of all sizes; undefined when standard input is among them. */
  totalBytes: number | undefined
}

const ofRecords = /\.(json|ndjson|jsonl)(\.gz)?$/i
/** Read first, in this order; every other kind after them. */
const first = [
  'hospitalInformation',
  'practitionerInformation',
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'InsurancePlan',
  'Patient',
  'Coverage',
]

/** Finds all files (folders wholly, by name ending; hidden ones left out). Throws when a path can not be read. */
export async function openInputs(paths: readonly string[]): Promise<Inputs> {
  const found = (await Promise.all(paths.map(inputsAt))).flat()
  const files = found.toSorted((a, b) => rankOf(a.name) - rankOf(b.name))
  const sizes = files.map(({ size }) => size)
  const totalBytes = sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    0,
  )
  return { files, totalBytes }
}

async function inputsAt(path: string): Promise<Input[]> {
  if (path === '-') return [inputOf('standard input', undefined, () => process.stdin)]
  const open = (name: string) => () => createReadStream(name, { highWaterMark: 256 * 1024 })
  const about = await reading(path, () => stat(path))
  if (!about.isDirectory()) return [inputOf(path, about.isFile() ? about.size : undefined, open(path))]
  const names = await reading(path, () => readdir(path, { recursive: true }))
  const inputs: Input[] = []
  for (const name of names.filter((one) => ofRecords.test(one) && !/(^|[/\\])\./.test(one)).toSorted(byUnits)) {
    const file = join(path, name)
    const entry = await reading(file, () => stat(file))
    if (entry.isFile()) inputs.push(inputOf(file, entry.size, open(file)))
  }
  return inputs
}

function inputOf(name: string, size: number | undefined, source: () => AsyncIterable<Uint8Array>): Input {
  let read = 0
  return {
    name,
    size,
    bytesRead: () => read,
    async *open() {
      read = 0
      try {
        for await (const chunk of source()) {
          read += chunk.length
          yield chunk
        }
      } catch (error) {
        throw unreadable(name, error)
      }
    },
  }
}

async function reading<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw unreadable(name, error)
  }
}

function unreadable(name: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new Error(`${name} can not be read: ${causes[code] ?? (code || String(error))}`, { cause: error })
}

const causes: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EIO: 'the disk reports an error',
  ELOOP: 'its links lead in a circle',
}

/** By what the file's name begins with: 'Patient.ndjson', 'Patient.000.ndjson', '1.Patient.ndjson.gz'. */
function rankOf(name: string): number {
  const [word = ''] = /^[A-Za-z]+/.exec(basename(name).replace(/^\d+[._-]/, '')) ?? []
  const rank = first.indexOf(word)
  return rank < 0 ? first.length : rank
}

const byUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
