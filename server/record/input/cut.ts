/** Cuts one JSON document, given in chunks, into what is parsed at once: a Bundle's entries, or the whole resource. */
import { Hold } from './hold.ts'
import { closeArray, closeObject, colon, comma, openArray, openObject, quote, Scanner } from './scan.ts'

/** A piece of the document; its `bytes` are good until the next call of `next`. `pairs` counts its colons. */
export type Cut =
  | {
      kind: 'entry'
      index: number
      bytes: Uint8Array
      start: number
      pairs: number
      resource?: readonly [from: number, to: number]
    }
  | { kind: 'whole' | 'frame'; bytes: Uint8Array; start: number; pairs: number }
  | { kind: 'fault'; index: number | undefined; start: number; reason: CutFault; detail: string }

export type CutFault = 'too-large' | 'too-deep' | 'not-json' | 'no-resource'

export interface Limits {
  /** Of one resource. */
  maxBytes: number
  /** Levels of objects and arrays in one resource. */
  maxDepth: number
}

/** How deep an entry's resource stands: below the Bundle, its list and the entry. */
const levelsAbove = 3

const newDocument = (start: number, bundle: boolean | undefined) => ({
  start,
  state: 'inside' as 'inside' | 'closed' | 'lost',
  /** Undefined until the type is read, or the first entry shows it. */
  bundle,
  key: '',
  deepest: 0,
  pairsInEntries: 0,
  /** In the list of entries: which one, and what stands in its place so far. */
  inList: false,
  index: 0,
  place: 'empty' as 'empty' | 'object' | 'other',
  /** Bytes kept before the list. */
  listFrom: 0,
  inItem: false,
})

const newItem = (start: number, pairs: number) => ({ start, pairs, from: -1, to: -1 })

/**
 * Looks at bytes, never at values, so what it cuts may still be wrong JSON. A bracket closed by the other kind ends it
 * (`state` is 'lost'): nothing after that has a known place.
 */
export class Cutter {
  readonly #limits: Limits
  readonly #scan = new Scanner()
  /** The document without what was cut out of it, and the entry at hand: where they came in several chunks. */
  readonly #outer: Hold
  readonly #item: Hold
  #document = newDocument(0, undefined)
  #itemAt = newItem(0, 0)
  #outerFrom = 0
  #itemFrom = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#outer = new Hold(limits.maxBytes)
    this.#item = new Hold(limits.maxBytes)
  }

  get state() {
    return this.#document.state
  }
  /** The next byte to look at in the chunk given. */
  get at() {
    return this.#scan.at
  }
  /** The entry being read, when in a Bundle's list. */
  get index(): number | undefined {
    return this.#document.inList ? this.#document.index : undefined
  }
  /** Whether nothing but the first bracket has been read. */
  get isBare(): boolean {
    const { depth, pairs, word, isInString } = this.#scan
    return depth === 1 && pairs === 0 && word === '' && !isInString
  }

  /** Starts a new document at that byte offset. @param bundle true when it is known to be a Bundle */
  begin(start: number, bundle?: boolean): void {
    this.#document = newDocument(start, bundle)
    this.#scan.begin()
    this.#outer.clear()
    this.#item.clear()
  }

  /** Gives a chunk, bytes `at` to `end` of it. @param base byte offset of the chunk's first byte in the input */
  give(bytes: Uint8Array, at: number, end: number, base: number): void {
    this.#scan.give(bytes, at, end, base)
    this.#outerFrom = this.#itemFrom = at
  }

  /** The next cut of the chunk given; undefined when it is used up, the document closed or lost. */
  next(): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    while (this.state === 'inside') {
      if (scan.at >= scan.end) {
        this.#keep()
        return undefined
      }
      const floor = document.inList ? levelsAbove : 1
      const cut = scan.depth > floor ? this.#inside(floor) : scan.isInString ? this.#word() : this.#near()
      if (cut) return cut
    }
    return undefined
  }

  #inside(floor: number): Cut | undefined {
    const scan = this.#scan
    if (scan.isInString) scan.string(false)
    else scan.inside(floor)
    if (scan.isBroken) return this.#lost()
    const item = this.#itemAt
    if (this.#document.inItem && scan.depth === levelsAbove && item.from >= 0 && item.to < 0)
      item.to = scan.offset + 1 - item.start
    return undefined
  }

  #word(): undefined {
    const document = this.#document
    const scan = this.#scan
    scan.string(true)
    if (!scan.isInString && scan.depth === 1 && document.key === 'resourceType')
      document.bundle ??= scan.word === 'Bundle'
  }

  /** One byte at a level where keys matter. */
  #near(): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    const byte = scan.bytes[scan.at++] ?? 0
    const isPlace = document.inList && scan.depth === 2
    switch (byte) {
      case openObject:
      case openArray:
        return this.#open(byte)
      case closeObject:
      case closeArray:
        return this.#close(byte)
      case comma:
        document.key = ''
        return isPlace ? this.#endPlace(true) : undefined
      case colon:
        scan.pairs++
        document.key = scan.word
        return undefined
      case quote:
        scan.beginString()
    }
    if (isPlace && byte > 0x20) document.place = 'other'
    return undefined
  }

  #open(byte: number): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    scan.down(byte)
    const isObject = byte === openObject
    if (scan.depth === 2 && !isObject && document.key === 'entry' && document.bundle !== false) this.#openList()
    else if (document.inList && scan.depth === levelsAbove) return this.#openPlace(isObject)
    else if (document.inItem && isObject && document.key === 'resource') {
      this.#itemAt.from = scan.offset - this.#itemAt.start
      this.#itemAt.to = -1
    }
    return undefined
  }

  #openList(): void {
    const document = this.#document
    const { bytes, at } = this.#scan
    this.#outer.add(bytes.subarray(this.#outerFrom, at))
    this.#outerFrom = at
    document.listFrom = this.#outer.size
    document.inList = true
    document.place = 'empty'
    document.index = 0
  }

  #openPlace(isObject: boolean): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    const isFree = document.place === 'empty'
    document.place = isObject ? 'object' : 'other'
    if (!isObject) return undefined
    document.inItem = true
    document.key = ''
    document.deepest = Math.max(document.deepest, scan.deepest)
    scan.deepest = scan.depth
    this.#item.clear()
    this.#itemFrom = scan.at - 1
    this.#itemAt = newItem(scan.offset, scan.pairs)
    return isFree ? undefined : this.#fault('not-json', 'no comma stands before this entry')
  }

  #close(byte: number): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    scan.up(byte)
    if (scan.isBroken) return this.#lost()
    if (scan.depth === 0) return this.#endDocument()
    if (document.inItem && scan.depth === 2) return this.#endItem()
    if (!document.inList || scan.depth !== 1) return undefined
    const fault = this.#endPlace(false)
    document.inList = false
    if (document.bundle) this.#outerFrom = scan.at - 1
    return fault
  }

  /** A comma or the end of the list: an object must have stood in the place before it. */
  #endPlace(isMore: boolean): Cut | undefined {
    const document = this.#document
    const { place, index } = document
    const isOther = place === 'other'
    const isWrong = isOther || (place === 'empty' && (isMore || index > 0))
    const detail = isOther ? 'the entry is not an object' : 'nothing stands before or after a comma'
    const fault = isWrong ? this.#fault('no-resource', detail) : undefined
    document.place = 'empty'
    if (isMore) document.index++
    if (isWrong && !document.bundle) this.#decide(false)
    return document.bundle ? fault : undefined
  }

  #endItem(): Cut | undefined {
    const document = this.#document
    const scan = this.#scan
    const { start, from, to } = this.#itemAt
    const pairs = scan.pairs - this.#itemAt.pairs
    const isDeep = scan.deepest - levelsAbove > this.#limits.maxDepth
    document.inItem = false
    document.pairsInEntries += pairs
    const bytes = this.#gathered(this.#item, this.#itemFrom)
    if (document.bundle === undefined) this.#decide(from >= 0 || !bytes)
    if (!document.bundle) return undefined
    scan.deepest = 0
    if (isDeep || !bytes) return this.#tooMuch(isDeep, start)
    const resource = from >= 0 && to >= 0 && { resource: [from, to] as const }
    return { kind: 'entry', index: document.index, bytes, start, pairs, ...resource }
  }

  #endDocument(): Cut {
    const { start, bundle, pairsInEntries, deepest } = this.#document
    const scan = this.#scan
    this.#document.state = 'closed'
    const bytes = this.#gathered(this.#outer, this.#outerFrom)
    const isDeep = Math.max(deepest, scan.deepest) > this.#limits.maxDepth
    if (isDeep || !bytes) return this.#tooMuch(isDeep, start)
    if (bundle) return { kind: 'frame', bytes, start, pairs: scan.pairs - pairsInEntries }
    return { kind: 'whole', bytes, start, pairs: scan.pairs }
  }

  /** The list came before the type: its first entry tells whether this is a Bundle (a List has entries too). */
  #decide(bundle: boolean): void {
    this.#document.bundle = bundle
    if (bundle) this.#outer.cutBack(this.#document.listFrom)
    else this.#document.inList = this.#document.inItem = false
  }

  /** All of what was held and the last of it in this chunk, copied only when it must be; undefined when too large. */
  #gathered(hold: Hold, from: number): Uint8Array | undefined {
    const last = this.#scan.bytes.subarray(from, this.#scan.at)
    if (hold.size === 0 && !hold.over) return last.length > this.#limits.maxBytes ? undefined : last
    hold.add(last)
    return hold.over ? undefined : hold.view()
  }

  /** Keeps what is needed of a chunk that ends. */
  #keep(): void {
    const { inList, bundle, inItem } = this.#document
    const { bytes, end } = this.#scan
    if (!(inList && bundle)) this.#outer.add(bytes.subarray(this.#outerFrom, end))
    if (inItem) this.#item.add(bytes.subarray(this.#itemFrom, end))
  }

  #lost(): Cut {
    this.#document.state = 'lost'
    const { bytes, at } = this.#scan
    const closed = bytes[at - 1] === closeObject ? 'a list is closed by }' : 'an object is closed by ]'
    return this.#fault('not-json', `${closed}; what follows has no known place`)
  }

  #tooMuch(isDeep: boolean, start: number): Cut {
    const { maxBytes, maxDepth } = this.#limits
    if (isDeep) return this.#fault('too-deep', `more than ${maxDepth} levels of nesting`, start)
    return this.#fault('too-large', `more than ${maxBytes} bytes`, start)
  }

  #fault(reason: CutFault, detail: string, start = this.#scan.offset): Cut {
    return { kind: 'fault', index: this.index, start, reason, detail }
  }
}
