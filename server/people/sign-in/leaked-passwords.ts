/**
 * Whether a password is known to have leaked: equal to one of the list that comes with the product or, where the operator
 * keeps it, of the whole list of Have I Been Pwned. Nothing is asked of anybody outside.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { sha256 } from '../../platform/ids.ts'

/** Marks of leaked passwords, in order; `leaked-passwords.md` says whose they are. */
export const leakedFile = new URL('leaked-passwords.bin', import.meta.url)

// Of 45,000 marks of five bytes, one good password in 24 million meets one by chance.
const markBytes = 5

/** The beginning of a SHA-256 of the password, letters of either case and width alike. */
export const markOf = (password: string) => sha256(password.normalize('NFKC').toLowerCase()).subarray(0, markBytes)

let known: Buffer | undefined

/** Of the list that comes with the product, read when first asked. */
export function isCommonlyLeaked(password: string): boolean {
  const list = (known ??= readFileSync(leakedFile))
  const mark = markOf(password)
  let [from, until] = [0, list.length / markBytes]
  while (from < until) {
    const middle = (from + until) >> 1
    const order = mark.compare(list, middle * markBytes, (middle + 1) * markBytes)
    if (order === 0) return true
    if (order < 0) until = middle
    else from = middle + 1
  }
  return false
}

/**
 * Whether a file holds the password's SHA-1: lines of 40 hexadecimal digits and what follows a colon, in order, as the
 * downloader of Have I Been Pwned writes them. Reads some thirty lines of it. Rejects when the file cannot be read.
 */
export async function isInList(path: string, password: string): Promise<boolean> {
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  const file = await open(path)
  try {
    let [from, until] = [0, (await file.stat()).size]
    // The line of the hash, if there is one, begins at `from` or later and before `until`.
    while (from < until) {
      const middle = Math.floor((from + until) / 2)
      const line = await lineAfter(file, middle, from)
      if (line.at >= until) until = middle
      else if (line.hash === hash) return true
      else if (line.hash < hash) from = line.at + line.length
      else until = middle
    }
    return false
  } finally {
    await file.close()
  }
}

const longestLine = 80

/** The first line that begins at `middle` or later; at `from` a line is known to begin. */
async function lineAfter(file: FileHandle, middle: number, from: number) {
  const start = middle > from ? middle - 1 : middle
  const bytes = Buffer.alloc(2 * longestLine)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  const text = bytes.toString('latin1', 0, bytesRead)
  const skipped = middle > from ? text.indexOf('\n') + 1 : 0
  if (middle > from && skipped === 0) return { at: Infinity, length: 0, hash: '' }
  const end = text.indexOf('\n', skipped)
  const line = text.slice(skipped, end < 0 ? undefined : end)
  return { at: start + skipped, length: end < 0 ? line.length : line.length + 1, hash: line.slice(0, 40).toUpperCase() }
}
