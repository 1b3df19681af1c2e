/** Cuts one JSON document, given in chunks, into what is parsed at once: a Bundle's entries, or the whole resource. */
import { Hold } from './hold.ts'

export type CutFault = 'too-large' | 'too-deep' | 'not-json' | 'no-resource'

/** A piece of the document. `bytes` are good only until the next call of `next`. */
export type Cut =
  | { kind: 'entry'; index: number; bytes: Uint8Array; start: number; pairs: number; resource?: readonly [number, number] }
  | { kind: 'whole' | 'frame'; bytes: Uint8Array; start: number; pairs: number }
  | { kind: 'fault'; index: number | undefined; start: number; reason: CutFault; detail: string }

export interface Limits {
  /** Of one resource. */
  maxBytes: number
  /** Levels of objects and arrays in one resource. */
  maxDepth: number
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openObject = 0x7b
const closeObject = 0x7d
const openArray = 0x5b
const closeArray = 0x5d
const longestWord = 64
const kindsKept = 1024
/** How deep an entry's resource stands: Bundle, its list, the entry, the resource. */
const levelsAbove = 3

const newWhole = () => ({
  state: 'inside' as 'inside' | 'closed' | 'lost',
  depth: 0,
  deepest: 0,
  pairs: 0,
  pairsInEntries: 0,
  start: 0,
  bundle: undefined as boolean | undefined,
  inString: false,
  escaped: false,
  word: '',
  key: '',
  /** In the list of entries: which one, what stands in its place so far. */
  inList: false,
  listFrom: 0,
  index: 0,
  place: 'empty' as 'empty' | 'object' | 'other',
  inItem: false,
})

const newItem = () => ({ start: 0, pairs: 0, deepest: 0, from: -1, to: -1 })

/**
 * Looks at bytes, never at values: strings, brackets and colons. What it cuts may still be wrong JSON; a bracket closed
 * by the other kind ends it (`state` is 'lost'), since nothing after that has a known place.
 */
export class Cutter {
  readonly #limits: Limits
  readonly #outer: Hold
  readonly #item: Hold
  readonly #kinds = new Uint8Array(kindsKept)
  #whole = newWhole()
  #itemAt = newItem()
  #bytes: Uint8Array = new Uint8Array()
  #at = 0
  #end = 0
  #base = 0
  #outerFrom = 0
  #itemFrom = 0
  #wordFrom = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#outer = new Hold(limits.maxBytes)
    this.#item = new Hold(limits.maxBytes)
  }

  get state() {
    return this.#whole.state
  }
  /** The next byte to look at in the chunk given. */
  get at() {
    return this.#at
  }
  /** The entry being read, when in a Bundle's list. */
  get index(): number | undefined {
    return this.#whole.inList ? this.#whole.index : undefined
  }

  /** Starts a new document. @param start its byte offset @param bundle true when it is known to be a Bundle */
  begin(start: number, bundle?: boolean): void {
    this.#whole = { ...newWhole(), start, bundle }
    this.#outer.clear()
    this.#item.clear()
  }

  /** Gives a chunk, bytes `at` to `end` of it. @param base byte offset of the chunk's first byte in the input */
  give(bytes: Uint8Array, at: number, end: number, base: number): void {
    this.#bytes = bytes
    this.#at = this.#outerFrom = this.#itemFrom = this.#wordFrom = at
    this.#end = end
    this.#base = base
  }

  /** The next cut of the chunk given; undefined when it is used up, the document closed or lost. */
  next(): Cut | undefined {
    const whole = this.#whole
    while (whole.state === 'inside') {
      if (this.#at >= this.#end) {
        this.#keep()
        return undefined
      }
      const floor = whole.inList ? levelsAbove : 1
      if (whole.inString) this.#inString()
      else if (whole.depth > floor) {
        this.#inside(floor)
        if (whole.depth === levelsAbove && whole.inItem && this.#itemAt.to < 0 && this.#itemAt.from >= 0)
          this.#itemAt.to = this.#base + this.#at - this.#itemAt.start
        if (whole.state === 'lost') return this.#lost()
      } else {
        const cut = this.#near()
        if (cut) return cut
      }
    }
    return undefined
  }

  /** One byte at a level where keys matter. */
  #near(): Cut | undefined {
    const whole = this.#whole
    const byte = this.#bytes[this.#at++]
    const atPlace = whole.inList && whole.depth === 2
    switch (byte) {
      case quote:
        whole.inString = true
        whole.word = ''
        this.#wordFrom = this.#at
        if (atPlace) whole.place = 'other'
        return undefined
      case colon:
        whole.pairs++
        whole.key = whole.word
        return undefined
      case comma:
        whole.key = ''
        return atPlace ? this.#placeEnds(true) : undefined
      case openObject:
      case openArray:
        return this.#open(byte)
      case closeObject:
      case closeArray:
        return this.#close(byte)
      case 0x20: case 0x09: case 0x0a: case 0x0d: // prettier-ignore
        return undefined
      default:
        if (atPlace) whole.place = 'other'
        return undefined
    }
  }

  #open(byte: number): Cut | undefined {
    const whole = this.#whole
    if (whole.depth < kindsKept) this.#kinds[whole.depth] = byte + 2
    whole.depth++
    if (whole.depth > whole.deepest && !whole.inItem) whole.deepest = whole.depth
    if (whole.depth === 2 && byte === openArray && whole.key === 'entry' && whole.bundle !== false) this.#openList()
    else if (whole.inList && whole.depth === levelsAbove) return this.#openPlace(byte === openObject)
    else if (whole.inItem && whole.depth === levelsAbove + 1) {
      const item = this.#itemAt
      item.deepest = Math.max(item.deepest, whole.depth)
      if (byte === openObject && whole.key === 'resource') {
        item.from = this.#base + this.#at - 1 - item.start
        item.to = -1
      }
    }
    return undefined
  }

  #openList(): void {
    const whole = this.#whole
    this.#outer.add(this.#bytes.subarray(this.#outerFrom, this.#at))
    this.#outerFrom = this.#at
    whole.listFrom = this.#outer.size
    whole.inList = true
    whole.place = 'empty'
    whole.index = 0
  }

  #openPlace(object: boolean): Cut | undefined {
    const whole = this.#whole
    const before = whole.place
    whole.place = object ? 'object' : 'other'
    if (!object) return undefined
    whole.inItem = true
    whole.key = ''
    this.#item.clear()
    this.#itemFrom = this.#at - 1
    this.#itemAt = { ...newItem(), start: this.#base + this.#at - 1, pairs: whole.pairs, deepest: whole.depth }
    return before === 'empty' ? undefined : this.#fault('not-json', 'no comma before this entry')
  }

  #close(byte: number): Cut | undefined {
    const whole = this.#whole
    whole.depth--
    if (this.#kinds[whole.depth] !== byte && whole.depth < kindsKept) {
      whole.state = 'lost'
      return this.#lost()
    }
    if (whole.depth === 0) {
      whole.state = 'closed'
      return this.#wholeCut()
    }
    if (whole.inItem && whole.depth === 2) return this.#itemCut()
    if (whole.inList && whole.depth === 1) {
      const fault = this.#placeEnds(false)
      whole.inList = false
      if (whole.bundle) this.#outerFrom = this.#at - 1
      return fault
    }
    return undefined
  }

  /** A comma or the end of the list: what stood in the place must have been an object. */
  #placeEnds(more: boolean): Cut | undefined {
    const whole = this.#whole
    const { place, index } = whole
    whole.place = 'empty'
    const wrong = place === 'other' || (place === 'empty' && (more || index > 0))
    const fault = wrong ? this.#fault('no-resource', place === 'other' ? 'the entry is not an object' : 'there is nothing between two commas, or after the last') : undefined // prettier-ignore
    if (more) whole.index++
    return whole.bundle === undefined ? undefined : fault
  }

  #itemCut(): Cut | undefined {
    const whole = this.#whole
    const { start, pairs, deepest, from, to } = this.#itemAt
    whole.inItem = false
    whole.pairsInEntries += whole.pairs - pairs
    const bytes = this.#gathered(this.#item, this.#itemFrom)
    if (whole.bundle === undefined) this.#decide(from >= 0 || bytes === undefined)
    if (!whole.bundle) return undefined
    const { index } = whole
    if (deepest - levelsAbove > this.#limits.maxDepth) return this.#fault('too-deep', this.#deepSaid(), start)
    if (!bytes) return this.#fault('too-large', this.#largeSaid(), start)
    const found = from >= 0 && to >= 0 && { resource: [from, to] as const }
    return { kind: 'entry', index, bytes, start, pairs: whole.pairs - pairs, ...found }
  }

  #wholeCut(): Cut {
    const whole = this.#whole
    const bytes = this.#gathered(this.#outer, this.#outerFrom)
    const { start } = whole
    whole.index = 0
    if (whole.deepest > this.#limits.maxDepth) return this.#fault('too-deep', this.#deepSaid(), start)
    if (!bytes) return this.#fault('too-large', this.#largeSaid(), start)
    const pairs = whole.bundle ? whole.pairs - whole.pairsInEntries : whole.pairs
    return { kind: whole.bundle ? 'frame' : 'whole', bytes, start, pairs }
  }

  /** All of what was held and the last of it in this chunk, copied only when it must be; undefined when too large. */
  #gathered(hold: Hold, from: number): Uint8Array | undefined {
    const last = this.#bytes.subarray(from, this.#at)
    if (hold.size === 0 && !hold.over) return last.length > this.#limits.maxBytes ? undefined : last
    hold.add(last)
    return hold.over ? undefined : hold.view()
  }
}
