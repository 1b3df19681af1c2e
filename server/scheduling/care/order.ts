/** The order of results, and the mark of where a page ended. Time, distance, name and id decide; nothing else can. */
import { invalid } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import type { Card } from './cards.ts'

type Ordered = Pick<Card, 'roleId' | 'sortName' | 'day' | 'start' | 'tenths'>

/** Compared from left to right, each the smaller first. */
export type Key = readonly [number, number, number, string, string]

export const keyOf = ({ roleId, sortName, day, start, tenths }: Ordered, byDistance: boolean): Key =>
  byDistance ? [tenths, start, 0, sortName, roleId] : [day, start, tenths, sortName, roleId]

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
