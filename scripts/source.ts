/** The project's own files as the checkers see them: read once, parsed once. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import ts from 'typescript'

/** A file of the project; `path` is relative to the root, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What a checker found. A checker that looked at nothing has checked nothing, so `looked: 0` fails. */
export interface Finding {
  readonly looked: number
  readonly breaches: readonly string[]
  /** Said beside the result, whether it passed or not. */
  readonly note?: string
}

const notOurs = /^(data|coverage|\.git|bench\/results)$|(^|\/)(node_modules|dist)$/
const readable = new Set(['.ts', '.tsx', '.css', '.sql', '.md', '.json', '.html', '.js', '.mjs', '.sh', '.yml', ''])

/** Every file under `root` that is ours. Files that are not text we check have an empty `text`. */
export function readTree(root: string): SourceFile[] {
  const found: SourceFile[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (notOurs.test(path)) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile())
        found.push({ path, text: readable.has(extname(path)) ? readFileSync(join(root, path), 'utf8') : '' })
    }
  }
  walk('')
  return found
}

export const isCode = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
export const isTest = (path: string) => /\.test\.tsx?$/.test(path)

const parsed = new WeakMap<SourceFile, ts.SourceFile>()

/** The syntax tree of a TypeScript file. */
export function treeOf(file: SourceFile): ts.SourceFile {
  const known = parsed.get(file)
  if (known) return known
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false, kind)
  parsed.set(file, tree)
  return tree
}

/** Calls `visit` for every node of a file. */
export function everyNode(file: SourceFile, visit: (node: ts.Node) => void) {
  const walk = (node: ts.Node) => {
    visit(node)
    ts.forEachChild(node, walk)
  }
  walk(treeOf(file))
}

/** `path:line` of a node, for a message an editor can follow. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const tree = treeOf(file)
  return `${file.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`
}
