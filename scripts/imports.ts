/** Which file imports which: static imports, re-exports and dynamic imports alike. */
import { posix } from 'node:path'
import ts from 'typescript'
import { everyNode, placeOf, type SourceFile } from './source.ts'

export interface Import {
  readonly from: string
  /** A path relative to the root for our own files; the specifier as written for a package; null when computed. */
  readonly to: string | null
  readonly isOurs: boolean
  /** Erased before anything runs. */
  readonly isType: boolean
  readonly place: string
}

/** All imports of a file, in the order they stand. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, isType: boolean) => {
    const written = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : null
    const isOurs = written?.startsWith('.') ?? false
    const to = written !== null && isOurs ? posix.join(posix.dirname(file.path), written) : written
    found.push({ from: file.path, to, isOurs, isType, place: placeOf(file, node) })
  }
  everyNode(file, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node.importClause))
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false)
  })
  return found
}

const isTypeOnly = (clause: ts.ImportClause | undefined) => clause?.phaseModifier === ts.SyntaxKind.TypeKeyword
