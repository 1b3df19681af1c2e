/** Who holds the key-encryption key: outside the database, so that the database and its backups alone open nothing. */

export interface Wrapped {
  readonly bytes: Buffer
  /** Names the key-encryption key, so that another can be told from it. */
  readonly by: string
}

export interface KeyProvider {
  /** Wraps a key for a purpose told in `words`, which are bound to it. */
  wrap(key: Buffer, words: string): Promise<Wrapped>
  /** Throws KeysUnavailable when the provider does not answer, and WillNotOpen for a wrong key or other words. */
  unwrap(wrapped: Wrapped, words: string): Promise<Buffer>
  /** Makes a new key-encryption key the one that wraps from now on; the older ones still unwrap. */
  rotate(): Promise<void>
  /** Whether what was wrapped by this key should be wrapped anew. */
  isOld(by: string): Promise<boolean>
}

/** The keys cannot be reached, or not in a way that is safe: a sentence for the operator. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable'
}
