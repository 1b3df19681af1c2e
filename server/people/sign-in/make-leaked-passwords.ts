/** Makes the list of leaked passwords that comes with the product: `node server/people/sign-in/make-leaked-passwords.ts <list.txt> …`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { shortestPassword } from './weak-password.ts'
import { leakedFile, markOf } from './leaked-passwords.ts'

// What is shorter is refused anyway; marks in order can be searched without reading the rest.
const marks = new Set<string>()
for (const path of process.argv.slice(2))
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/))
    if ([...line.normalize('NFKC')].length >= shortestPassword) marks.add(markOf(line).toString('hex'))
writeFileSync(leakedFile, Buffer.from([...marks].sort().join(''), 'hex'))
process.stdout.write(`${marks.size} passwords of ${shortestPassword} characters or more.\n`)
