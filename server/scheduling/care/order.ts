/** The order of results, and the mark of where a page ended. Time, distance, name and id decide; nothing else can. */
import { invalid } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'

/** A clinician at a place, with the visit chosen for them and its first opening that fits. */
export interface Found {
  roleId: string
  offeringId: string
  specialty: string
  sortName: string
  /** The local day, counted from 1970, in a search for a day; else 0. */
  day: number
  start: number
  /** Of a mile; 0 when no place was asked for. */
  tenths: number
}

/** Compared from left to right, each the smaller first. */
export type Key = readonly [number, number, number, string, string]

export const keyOf = ({ roleId, sortName, day, start, tenths }: Found, byDistance: boolean): Key =>
  byDistance ? [tenths, start, 0, sortName, roleId] : [day, start, tenths, sortName, roleId]

/** Below zero when `a` comes first. Text is compared by bytes, as the database does ("C"). */
export function compareKeys(a: Key, b: Key): number {
  const numbers = a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
  return numbers || Buffer.compare(Buffer.from(a[3]), Buffer.from(b[3])) || (a[4] < b[4] ? -1 : Number(a[4] > b[4]))
}

/** The first of each clinician at a place, in order, after the mark. */
export function inOrder(byDistance: boolean, rows: readonly Found[], after: Key | undefined): Found[] {
  const first = new Map<string, { row: Found; key: Key }>()
  for (const row of rows) {
    const key = keyOf(row, byDistance)
    const known = first.get(row.roleId)
    if (!known || compareKeys(key, known.key) < 0) first.set(row.roleId, { row, key })
  }
  const left = [...first.values()].filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
  return left.sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row)
}

export const writeMark = (key: Key) => Buffer.from(JSON.stringify(key)).toString('base64url')

/** Reads the mark of a page; refuses one that is not ours. */
export function readMark(mark: string | undefined): Key | undefined {
  if (mark === undefined) return undefined
  const read = parse(Buffer.from(mark, 'base64url').toString())
  if (!isKey(read))
    throw invalid('page_not_found', 'That page of results is not there any more. Search again.', {
      instead: 'search_again',
    })
  return read
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isKey(read: unknown): read is Key {
  if (!Array.isArray(read) || read.length !== 5) return false
  const [name, id] = read.slice(3) as unknown[]
  const isSmall = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31
  return read.slice(0, 3).every(isSmall) && typeof name === 'string' && typeof id === 'string' && isId(id)
}
