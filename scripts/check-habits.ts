/** No loose ends in code, no test left out, and one reader of the environment. */
import ts from 'typescript'
import { everyNode, isCode, isTest, placeOf, treeOf, type Finding, type SourceFile } from './source.ts'

const looseEnd = /\b(T[O]DO|F[I]XME|H[A]CK)\b|(?<![-\w])X[X]X(?![-\w])/
const checked = /^(server|web|test|bench|demo|scripts|\.ci)\/.*/
const withComments = /\.(tsx?|css|sql|html|js|mjs|sh)$|^\.ci\/run$/
/** Whoever sets up tests or checks may read the environment; in the product only the configuration does. */
const mayReadEnvironment =
  /^(server\/platform\/config\.ts|server\/testing\/|scripts\/|test\/|web\/[^/]+\.ts$)|\.test\.tsx?$/
const runners = new Set(['test', 'it', 'describe', 'suite', 't', 'context'])
const leftOut = new Set(['only', 'skip', 'todo'])

/** Checks comments, tests and uses of `process.env`. */
export function checkHabits(files: readonly SourceFile[]): Finding {
  const ours = files.filter(({ path }) => checked.test(path) && withComments.test(path))
  const breaches = ours.flatMap((file) => [
    ...looseEnds(file),
    ...(isCode(file.path) && isTest(file.path) ? testsLeftOut(file) : []),
    ...(isCode(file.path) && !mayReadEnvironment.test(file.path) ? environmentReads(file) : []),
  ])
  return { looked: ours.length, breaches }
}

function looseEnds({ path, text }: SourceFile): string[] {
  return text.split('\n').flatMap((line, i) => {
    const mark = looseEnd.exec(line)?.[0]
    return mark ? [`${path}:${i + 1}: ${mark}: finish it, or open an issue and say nothing here`] : []
  })
}

function testsLeftOut(file: SourceFile): string[] {
  const found: string[] = []
  everyNode(file, (node) => {
    if (!ts.isCallExpression(node)) return
    const [first, second] = node.expression.getText(treeOf(file)).split('.')
    if (!runners.has(first ?? '')) return
    const options = node.arguments.filter(ts.isObjectLiteralExpression).flatMap((one) => one.properties)
    const named = options
      .filter((one) => !hangsOnCondition(one))
      .map((one) => (one.name && ts.isIdentifier(one.name) ? one.name.text : ''))
    const mark = [second ?? '', ...named].find((word) => leftOut.has(word))
    if (mark) found.push(`${placeOf(file, node)}: ${mark}: every test runs, always`)
  })
  return found
}

/** `skip: !isRoot && 'needs root'` runs where it can; .ci/run, which runs as root, fails when anything was skipped. */
const hangsOnCondition = (option: ts.ObjectLiteralElementLike) =>
  ts.isPropertyAssignment(option) &&
  !ts.isStringLiteralLike(option.initializer) &&
  option.initializer.kind !== ts.SyntaxKind.TrueKeyword

function environmentReads(file: SourceFile): string[] {
  const found: string[] = []
  everyNode(file, (node) => {
    const reads =
      (ts.isPropertyAccessExpression(node) && isProcess(node.expression) && node.name.text === 'env') ||
      (ts.isElementAccessExpression(node) &&
        isProcess(node.expression) &&
        /env/.test(node.argumentExpression.getText(treeOf(file)))) ||
      (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env')
    if (reads) found.push(`${placeOf(file, node)}: reads the environment; only server/platform/config.ts does`)
  })
  return found
}

const isProcess = (node: ts.Expression) => ts.isIdentifier(node) && node.text === 'process'
