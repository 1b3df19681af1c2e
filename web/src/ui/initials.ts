/** The colours behind initials: the same person has the same one everywhere, and the letters always stand out. */

/** Letter and ground, in pairs of at least 4.5:1. */
export const faces = [
  { ink: '#0b3f3b', ground: '#bfe3da' },
  { ink: '#4a2c00', ground: '#f7d9ae' },
  { ink: '#472139', ground: '#f0cfe0' },
  { ink: '#1f2f5c', ground: '#cfd9f5' },
  { ink: '#2c4310', ground: '#d6e8b8' },
  { ink: '#5a1f12', ground: '#f8cfc2' },
] as const

/** One of the pairs, by what does not change of the person: an id. */
export function faceOf(id: string): (typeof faces)[number] {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return faces[sum % faces.length] ?? faces[0]
}
