/** Walks JSON bytes by strings, brackets and colons alone, over chunk borders; the hot loop of reading. */
export const quote = 0x22
export const comma = 0x2c
export const colon = 0x3a
export const openObject = 0x7b
export const closeObject = 0x7d
export const openArray = 0x5b
export const closeArray = 0x5d
const backslash = 0x5c

/** Levels whose kind of bracket is remembered; deeper ones are only counted. */
const kindsKept = 1024
/** Bytes of a string that are remembered as a word: more than any key looked for has. */
const longestWord = 16

/** Its fields are the cutter's to read; after `give` it stands at `at`, and `at` never goes past `end`. */
export class Scanner {
  bytes: Uint8Array = new Uint8Array()
  at = 0
  end = 0
  /** Byte offset of the chunk's first byte in the input. */
  base = 0
  depth = 0
  /** The deepest level since this was last set. */
  deepest = 0
  /** Colons outside of strings: pairs of key and value. */
  pairs = 0
  isInString = false
  /** The beginning of the last string at a level where keys matter, as raw bytes. */
  word = ''
  /** Whether a bracket was closed by one of the other kind. */
  isBroken = false
  readonly #kinds = new Uint8Array(kindsKept)
  #isEscaped = false
  #wordFrom = 0

  begin(): void {
    this.depth = this.deepest = this.pairs = 0
    this.isInString = this.isBroken = this.#isEscaped = false
    this.word = ''
  }

  give(bytes: Uint8Array, at: number, end: number, base: number): void {
    this.bytes = bytes
    this.at = this.#wordFrom = at
    this.end = end
    this.base = base
  }

  /** Offset in the input of the byte just read. */
  get offset(): number {
    return this.base + this.at - 1
  }

  beginString(): void {
    this.isInString = true
    this.word = ''
    this.#wordFrom = this.at
  }

  down(bracket: number): void {
    if (this.depth < kindsKept) this.#kinds[this.depth] = bracket + 2
    if (++this.depth > this.deepest) this.deepest = this.depth
  }

  up(bracket: number): void {
    if (--this.depth < kindsKept && this.#kinds[this.depth] !== bracket) this.isBroken = true
  }

  /** Goes on inside of what is taken as one, until a bracket leads up to `floor` (then standing after it). */
  inside(floor: number): void {
    const { bytes, end } = this
    const kinds = this.#kinds
    let { at, depth, pairs, deepest } = this
    scan: while (at < end) {
      const byte = bytes[at++] ?? 0
      switch (byte) {
        case quote:
          at = this.#pastString(at)
          if (this.isInString) break scan
          break
        case colon:
          pairs++
          break
        case openObject:
        case openArray:
          if (depth < kindsKept) kinds[depth] = byte + 2
          if (++depth > deepest) deepest = depth
          break
        case closeObject:
        case closeArray:
          if (--depth < kindsKept && kinds[depth] !== byte) {
            this.isBroken = true
            break scan
          }
          if (depth <= floor) break scan
      }
    }
    this.at = at
    this.depth = depth
    this.pairs = pairs
    this.deepest = deepest
  }

  /** Goes on in a string; remembers its beginning where keys matter. */
  string(isWord: boolean): void {
    if (this.#isEscaped) {
      this.#isEscaped = false
      this.at++
    }
    this.at = this.#pastString(this.at)
    if (!isWord || this.word.length >= longestWord) return
    const wordEnd = Math.min(this.isInString ? this.at : this.at - 1, this.#wordFrom + longestWord)
    if (wordEnd > this.#wordFrom) this.word += String.fromCharCode(...this.bytes.subarray(this.#wordFrom, wordEnd))
  }

  #pastString(from: number): number {
    const { bytes, end } = this
    let at = from
    while (at < end) {
      const byte = bytes[at++]
      if (byte === quote) {
        this.isInString = false
        return at
      }
      if (byte === backslash && at++ === end) {
        this.#isEscaped = true
        at = end
      }
    }
    this.isInString = true
    return at
  }
}
