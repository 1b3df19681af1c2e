/** Keeps the bytes of one item that came in several chunks, up to a limit, in one buffer used again and again. */
export class Hold {
  readonly #limit: number
  #buffer = Buffer.allocUnsafe(64 * 1024)
  #size = 0
  #over = false

  /** @param limit bytes; what would go past it is left out, and `over` says so */
  constructor(limit: number) {
    this.#limit = limit
  }

  get over(): boolean {
    return this.#over
  }

  get size(): number {
    return this.#size
  }

  add(bytes: Uint8Array): void {
    if (this.#over) return
    const size = this.#size + bytes.length
    if (size > this.#limit) {
      this.#over = true
      return
    }
    if (size > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(size, Math.min(this.#buffer.length * 2, this.#limit)))
      larger.set(this.#buffer.subarray(0, this.#size))
      this.#buffer = larger
    }
    this.#buffer.set(bytes, this.#size)
    this.#size = size
  }

  /** Forgets all after the first `size` bytes. */
  cutBack(size: number): void {
    this.#size = Math.min(size, this.#size)
    this.#over = false
  }

  clear(): void {
    this.#size = 0
    this.#over = false
  }

  /** The bytes held: good until the next `add`. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.#size)
  }
}
