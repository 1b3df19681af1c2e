/** Reads FHIR resources from bytes of any length in flat memory: Bundles, single resources, NDJSON, gzipped or not. */
import { Cutter, type Cut, type Limits } from './cut.ts'
import { fault, parseCut, readEntry, typed, type Entry, type Fault, type Where } from './parse.ts'
import { openObject } from './scan.ts'
import { GzipFault, unzipped } from './unzip.ts'

export interface ReadOptions extends Partial<Limits> {
  /** Name of the input, for messages; one that ends in .ndjson or .jsonl (.gz) is read by lines from the start. */
  file: string
  /** Whether it is NDJSON, when the name does not tell. Else the first document tells, by what follows it. */
  lines?: boolean
}

const newline = 0x0a
const byLines = /\.(ndjson|jsonl)(\.gz)?$/i

/**
 * Reads every resource of the input in its order. What is wrong with the data comes as an entry with `ok: false`, and
 * reading goes on where that has a meaning; only the source itself can throw.
 */
export async function* readResources(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Entry, void, undefined> {
  const reader = new Reader(options)
  let damage: GzipFault | undefined
  try {
    for await (const chunk of unzipped(source)) for (const entry of reader.take(chunk)) yield entry
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error
    damage = error
  }
  yield* reader.finish(damage?.message)
}

/** between: before a document; after: on the line where one ended; line: skipping the rest of a line; over: the rest. */
type State = 'between' | 'document' | 'after' | 'line' | 'over'

class Reader {
  readonly #file: string
  readonly #limits: Limits
  readonly #cutter: Cutter
  #lines: boolean
  #state: State = 'between'
  #offset = 0
  /** Line, or ordinal of the document where documents span lines. */
  #line = 1
  #documents = 0
  #isTall = false
  #seen = false

  constructor({ file, lines, maxBytes = 16 * 1024 * 1024, maxDepth = 100 }: ReadOptions) {
    this.#file = file
    this.#limits = { maxBytes, maxDepth }
    this.#cutter = new Cutter(this.#limits)
    this.#lines = lines ?? byLines.test(file)
  }

  *take(chunk: Uint8Array): Generator<Entry> {
    let at = 0
    while (at < chunk.length && this.#state !== 'over') {
      if (this.#state === 'document') at = yield* this.#document(chunk, at)
      else if (this.#state === 'line') {
        const end = chunk.indexOf(newline, at)
        if (end < 0) break
        at = end
        this.#lines = true
        this.#state = 'between'
      } else {
        const byte = chunk[at] ?? 0
        if (byte === openObject && this.#mayBegin()) this.#begin(this.#offset + at)
        else {
          const found = this.#between(byte, this.#offset + at++)
          if (found) yield found
        }
      }
    }
    this.#offset += chunk.length
  }

  /** Another document on the same line is one only where documents span lines. */
  #mayBegin = () => this.#state === 'between' || (this.#state === 'after' && this.#isTall)

  #begin(offset: number): void {
    if (this.#state === 'after') this.#line++
    this.#seen = true
    this.#state = 'document'
    this.#isTall = false
    this.#cutter.begin(offset)
  }

  /** One byte outside of documents. */
  #between(byte: number, offset: number): Entry | undefined {
    if (byte === newline) {
      if (this.#state === 'after' && !this.#isTall) this.#lines = true
      if (this.#lines || this.#state === 'after') this.#line++
      this.#state = 'between'
      return undefined
    }
    if (byte <= 0x20 && byte !== 0) return undefined
    const isMark = byte === 0xef || byte === 0xbb || byte === 0xbf
    if (this.#state === 'between' && isMark) return undefined
    this.#seen = true
    if (this.#state !== 'after') return this.#stranger(byte, offset)
    this.#state = this.#isTall ? 'over' : 'line'
    return this.#fault(offset, 'not-json', 'more text follows the end of the resource')
  }

  /** What begins with anything but a brace is not FHIR JSON. */
  #stranger(byte: number, offset: number): Entry {
    const isWhole = this.#documents === 0 && (!this.#lines || byte === 0x3c || byte === 0x5b)
    this.#state = isWhole || !this.#lines ? 'over' : 'line'
    return this.#fault(offset, 'not-json', strangers[byte] ?? 'this is not JSON')
  }

  *#document(chunk: Uint8Array, at: number): Generator<Entry, number> {
    const cutter = this.#cutter
    const lineEnd = this.#lines ? chunk.indexOf(newline, at) : -1
    const end = lineEnd < 0 ? chunk.length : lineEnd
    cutter.give(chunk, at, end, this.#offset)
    for (let cut = cutter.next(); cut; cut = cutter.next()) yield* this.#entries(cut)
    if (!this.#lines && !this.#isTall) this.#isTall = chunk.subarray(at, cutter.at).includes(newline)
    if (cutter.state === 'closed') this.#state = 'after'
    else if (cutter.state === 'lost') this.#state = this.#lines || !this.#isTall ? 'line' : 'over'
    else if (lineEnd >= 0) {
      if (this.#documents === 0 && cutter.isBare) this.#lines = false
      else {
        this.#state = 'between'
        yield this.#fault(this.#offset + lineEnd, 'truncated', this.#endSaid('line'))
      }
    }
    if (this.#state !== 'document') this.#documents++
    return cutter.at
  }

  *#entries(cut: Cut, isAgain = false): Generator<Entry> {
    const where = this.#where(cut.start, cut.kind === 'entry' || cut.kind === 'fault' ? cut.index : undefined)
    if (cut.kind === 'fault') yield fault(where, cut.reason, cut.detail)
    else if (cut.kind === 'entry') yield readEntry(cut, where)
    else {
      const parsed = parseCut(cut, where, cut.kind === 'frame' ? 'Bundle' : '')
      if (!parsed.ok) yield parsed.failed
      else if (cut.kind === 'whole') {
        const entry = typed(parsed.value, where, { text: parsed.text, bytes: cut.bytes.length })
        if (!isAgain && entry.ok && entry.resource.resourceType === 'Bundle') yield* this.#again(cut.bytes, cut.start)
        else yield entry
      } else if (parsed.value['entry'] !== undefined && !Array.isArray(parsed.value['entry']))
        yield fault({ ...where, path: 'Bundle.entry' }, 'no-resource', 'entry is not a list')
    }
  }

  /** A Bundle that said so only after its entries, the first of which had no resource. */
  *#again(bytes: Uint8Array, start: number): Generator<Entry> {
    const cutter = new Cutter(this.#limits)
    cutter.begin(start, true)
    cutter.give(bytes, 0, bytes.length, start)
    for (let cut = cutter.next(); cut; cut = cutter.next()) yield* this.#entries(cut, true)
  }

  /** What is left to say when the input has ended. @param damage what is wrong with the packing */
  *finish(damage?: string): Generator<Entry> {
    if (this.#state === 'document') {
      const said = this.#endSaid('input')
      yield this.#fault(this.#offset, 'truncated', damage ? `${said}: ${damage}` : said)
    } else if (damage) yield this.#fault(this.#offset, 'gzip', `${damage} after ${this.#offset} unpacked bytes`)
    else if (!this.#seen) yield this.#fault(0, 'empty', 'there is nothing in it')
  }

  #endSaid(what: 'input' | 'line'): string {
    const { index } = this.#cutter
    return `the ${what} ends inside ${index === undefined ? 'the resource' : `entry ${index}`}`
  }

  #fault(offset: number, reason: Fault, detail: string): Entry {
    const index = this.#state === 'document' ? this.#cutter.index : undefined
    return fault(this.#where(offset, index), reason, detail)
  }

  #where(byteOffset: number, index: number | undefined): Where {
    const path = index === undefined ? {} : { path: `Bundle.entry[${index}]` }
    return { file: this.#file, entry: index === undefined || this.#lines ? this.#line : index, byteOffset, ...path }
  }
}

/** First bytes that tell what a file is instead. */
const strangers: Record<number, string> = {
  0x3c: 'this is HTML or XML, not JSON',
  0x5b: 'this is a JSON list; a Bundle, a resource or NDJSON is read',
  0x00: 'this is not UTF-8 text',
  0xff: 'this is UTF-16, not UTF-8',
  0xfe: 'this is UTF-16, not UTF-8',
  0x50: 'this is a ZIP archive or another kind of file; gzip is read',
}
