/** Finds what JSON.parse passes over in silence: a key that stands twice in one object. */

/** Keys in a parsed value, at all levels. Fewer than colons in its text means that one stood twice. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const one of value) if (typeof one === 'object') count += countKeys(one)
    return count
  }
  for (const name in value) {
    count++
    const one = (value as Record<string, unknown>)[name]
    if (typeof one === 'object') count += countKeys(one)
  }
  return count
}

interface Level {
  path: string
  keys: Set<string> | undefined
  key: string
  index: number
}

/** The first key that stands twice in an object of valid JSON text, and the path of that object ('' for the top). */
export function findDuplicate(text: string): { path: string; key: string } | undefined {
  const levels: Level[] = []
  let lastString = ''
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1)
    const sign = text[at]
    if (sign === '"') {
      const from = at
      at = stringEnd(text, at)
      if (level?.keys) lastString = text.slice(from, at + 1)
    } else if (sign === '{' || sign === '[') levels.push(newLevel(level, sign === '{'))
    else if (sign === '}' || sign === ']') levels.pop()
    else if (sign === ',' && level) level.index++
    else if (sign === ':' && level?.keys) {
      level.key = String(JSON.parse(lastString))
      if (level.keys.has(level.key)) return { path: level.path, key: level.key }
      level.keys.add(level.key)
    }
  }
  return undefined
}

/** Where the quote stands that ends the string begun at `from`. */
function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function newLevel(above: Level | undefined, isObject: boolean): Level {
  const path = above ? below(above) : ''
  return { path, keys: isObject ? new Set() : undefined, key: '', index: 0 }
}

function below({ path, keys, key, index }: Level): string {
  if (!keys) return `${path}[${index}]`
  return path === '' ? key : `${path}.${key}`
}
