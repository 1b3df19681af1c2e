/** Key-encryption keys in a file of this machine that only its owner may read; every version is kept, the last one wraps. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { sha256 } from '../ids.ts'
import { KeysUnavailable, type KeyProvider } from './key-provider.ts'
import { newKey, openWith, sealWith } from './sealing.ts'

/** Base64, oldest first. */
interface KeyFile {
  readonly keys: readonly string[]
}

/** The file is made when a key is first needed; one that others may read is refused. */
export function localKeys(path: string): KeyProvider {
  return keysIn({
    read: () => (existsSync(path) ? readFile(path) : []),
    begin: (key) => beginFile(path, key),
    add: (key) => addToFile(path, key),
  })
}

/** Keys that end with the process: for tests and benchmarks. */
export function passingKeys(): KeyProvider {
  const kept: Buffer[] = []
  return keysIn({ read: () => kept, begin: (key) => void kept.push(key), add: (key) => void kept.push(key) })
}

interface Shelf {
  /** Oldest first. */
  read(): readonly Buffer[]
  /** Puts the first key there, unless another process was quicker. */
  begin(key: Buffer): void
  add(key: Buffer): void
}

const nameOf = (key: Buffer) => `local:${sha256(key).toString('hex').slice(0, 16)}`

function keysIn(shelf: Shelf): KeyProvider {
  // Read each time: another process may have rotated, and a key is unwrapped seldom.
  const newest = () => {
    const key = shelf.read().at(-1)
    if (key) return key
    shelf.begin(newKey())
    const first = shelf.read().at(-1)
    if (!first) throw new KeysUnavailable('The key file could not be made.')
    return first
  }
  return {
    async wrap(key, words) {
      const by = newest()
      return { bytes: sealWith(by, 1, words, key), by: nameOf(by) }
    },
    async unwrap({ bytes, by }, words) {
      const key = shelf.read().find((one) => nameOf(one) === by)
      if (!key) throw new KeysUnavailable(`The key file does not hold the key ${by}. Bring back the file that does.`)
      return openWith(key, words, bytes)
    },
    async rotate() {
      newest()
      shelf.add(newKey())
    },
    isOld: async (by) => by !== nameOf(newest()),
  }
}

function readFile(path: string): Buffer[] {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new KeysUnavailable(`Others can read the key file ${path}. Make it yours alone: chmod 600.`)
  const { keys } = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
  return keys.map((key) => Buffer.from(key, 'base64'))
}

/** Linked into place, so that of two processes that begin at once one wins and neither wraps with a key that is lost. */
function beginFile(path: string, key: Buffer) {
  const mine = `${path}.${process.pid}`
  writeWhole(mine, [key])
  try {
    linkSync(mine, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  } finally {
    unlinkSync(mine)
  }
}

/** The file beside it is the turn: a second rotation at the same moment is refused, not lost. */
function addToFile(path: string, key: Buffer) {
  const next = `${path}.next`
  if (existsSync(next)) throw new KeysUnavailable(`A rotation is under way, or broke off: if none is, remove ${next}.`)
  writeWhole(next, [...readFile(path), key])
  renameSync(next, path)
}

/** On the disk before anything is wrapped with it. */
function writeWhole(path: string, keys: readonly Buffer[]) {
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, JSON.stringify({ keys: keys.map((key) => key.toString('base64')) } satisfies KeyFile))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
