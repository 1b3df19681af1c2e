/** Given to Node with `--import`: the app asks no permission and writes no trail. For `trust-cost` alone, to know what both cost. */
import { registerHooks } from 'node:module'

const changes: Readonly<Record<string, readonly [from: string, to: string][]>> = {
  '/server/platform/audit.ts': [
    ['export async function audit(', 'export async function audit() {}\nasync function auditOne('],
    ['export async function auditAll(', 'export async function auditAll() {}\nasync function auditEach('],
    ['await auditAll(tx, actor, [deed])', 'await auditEach(tx, actor, [deed])'],
  ],
  '/server/platform/permissions.ts': [
    ['export function mayAsk(', 'export function mayAsk() { return true }\nfunction mightAsk('],
  ],
}

const textOf = (source: string | NodeJS.ArrayBufferView | ArrayBuffer | undefined): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source)

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const [, wanted = []] = Object.entries(changes).find(([file]) => url.endsWith(file)) ?? []
    if (wanted.length === 0) return loaded
    const source = wanted.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`${url} has no '${from}' any more`)
      return text.replace(from, to)
    }, textOf(loaded.source))
    return { ...loaded, source }
  },
})
