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

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gsy
const between = /[^"{}[\]:,]*/gy

/** The first key that stands twice in an object of valid JSON text, and the path of that object ('' for the top). */
export function findDuplicate(text: string): { path: string; key: string } | undefined {
  const levels: Level[] = []
  let last = ''
  for (let at = 0; at < text.length;) {
    between.lastIndex = at
    between.exec(text)
    tokens.lastIndex = between.lastIndex
    const token = tokens.exec(text)?.[0]
    if (token === undefined) return undefined
    at = tokens.lastIndex
    const level = levels.at(-1)
    if (token === '{' || token === '[') levels.push(newLevel(level, token === '{'))
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && level) level.index++
    else if (token === ':' && level?.keys) {
      level.key = String(JSON.parse(last))
      if (level.keys.has(level.key)) return { path: level.path, key: level.key }
      level.keys.add(level.key)
    } else last = token
  }
  return undefined
}

function newLevel(above: Level | undefined, isObject: boolean): Level {
  const path = above ? below(above) : ''
  return { path, keys: isObject ? new Set() : undefined, key: '', index: 0 }
}

function below({ path, keys, key, index }: Level): string {
  if (!keys) return `${path}[${index}]`
  return path === '' ? key : `${path}.${key}`
}
