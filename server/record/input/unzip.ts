/** Unpacks gzip when that is what comes, by its first bytes, and gives what stands before a damage (but for its last kilobyte). */
import { createGunzip, type Gunzip } from 'node:zlib'

/** The compressed data ended early or is damaged: a fault of the input, not of the machine. */
export class GzipFault extends Error {}

/** Compressed bytes unpacked at once. Up to a thousandfold of it is held in memory; of a step with damage nothing comes out. */
const step = 1024

/** Passes bytes on, unpacked if they begin as gzip does (RFC 1952: 1f 8b). Throws GzipFault after the last good byte. */
export async function* unzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | undefined
  let gunzip: Unpacker | undefined
  for await (const chunk of source) {
    if (gunzip) {
      yield* gunzip.take(chunk)
      continue
    }
    if (first?.length === 0 || first?.length === 1 || !first) {
      first = first ? Buffer.concat([first, chunk]) : chunk
      if (first.length < 2) continue
      if (first[0] === 0x1f && first[1] === 0x8b) {
        gunzip = new Unpacker()
        yield* gunzip.take(first)
      } else yield first
      continue
    }
    yield chunk
  }
  if (gunzip) yield* gunzip.finish()
  else if (first && first.length < 2) yield first
}

class Unpacker {
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: 64 * 1024 })
  readonly #out: Uint8Array[] = []
  readonly #closed = Promise.withResolvers<void>()
  #failure: Error | undefined
  #wake = () => {}

  constructor() {
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#out.push(chunk))
    this.#gunzip.on('error', (error) => (this.#failure = error))
    // Damaged data closes it without an answer to the write at hand.
    this.#gunzip.once('close', () => {
      this.#closed.resolve()
      this.#wake()
    })
  }

  async *take(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < chunk.length; at += step) {
      await this.#written(chunk.subarray(at, at + step))
      yield* this.#given()
    }
  }

  #written(part: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#gunzip.write(part, () => resolve())
    })
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    this.#gunzip.end()
    await this.#closed.promise
    yield* this.#given()
  }

  *#given(): Generator<Uint8Array> {
    yield* this.#out.splice(0)
    if (this.#failure) throw new GzipFault(said(this.#failure), { cause: this.#failure })
  }
}

const said = (failure: Error & { code?: string }) =>
  failure.code === 'Z_BUF_ERROR' ? 'the gzip data ends early' : 'the gzip data is damaged'
