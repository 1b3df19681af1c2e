/** Every relative link in the project's pages leads somewhere. */
import { posix } from 'node:path'
import type { Finding, SourceFile } from './source.ts'

const link = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\s*\[[^\]]+\]:\s*(\S+)/gm
const elsewhere = /^([a-z][a-z0-9+.-]*:|\/\/)/i

/** Checks links to files, folders and headings of all Markdown files. */
export function checkLinks(files: readonly SourceFile[]): Finding {
  const pages = new Map(files.filter(({ path }) => path.endsWith('.md')).map((page) => [page.path, page.text]))
  const known = new Set(files.flatMap(({ path }) => [path, ...foldersOf(path)]))
  const breaches = [...pages].flatMap(([path, text]) => {
    const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
    return [...prose.matchAll(link)].flatMap(([, inline, reference]) => {
      const target = decodeURI(inline ?? reference ?? '')
      const why = elsewhere.test(target) ? undefined : brokenBy(path, target, known, pages)
      return why ? [`${path}: ${target}: ${why}`] : []
    })
  })
  return { looked: pages.size, breaches }
}

function brokenBy(page: string, target: string, known: ReadonlySet<string>, pages: ReadonlyMap<string, string>) {
  if (target.startsWith('/')) return 'a path of one machine; write it relative to this page'
  const [file = '', heading] = target.split('#')
  const path = file === '' ? page : posix.join(posix.dirname(page), file).replace(/\/$/, '')
  if (!known.has(path)) return 'there is no such file'
  const text = pages.get(path)
  return heading && text !== undefined && !headingsOf(text).has(heading) ? 'there is no such heading' : undefined
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return ['.', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))]
}

/** Headings as GitHub turns them into anchors; a repeated one gets a number. */
function headingsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, title = ''] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    let free = anchor
    for (let n = 1; anchors.has(free); n++) free = `${anchor}-${n}`
    anchors.add(free)
  }
  return anchors
}
