/** One attempt of a person to do something, by a key: repeated for any reason, it is still done once. */

export interface Attempt {
  key: string
  /** What was asked for, as JSON. */
  body: string
}

/** The attempt before when it asks for the same, so that a reload or a second click repeats it; else a new one. */
export function attemptFor(body: unknown, before: Attempt | undefined): Attempt {
  const asked = JSON.stringify(body)
  return before?.body === asked ? before : { key: newKey(), body: asked }
}

/** 32 random characters; works without HTTPS too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
