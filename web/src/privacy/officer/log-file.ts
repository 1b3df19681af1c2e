/** The access log as a file for a spreadsheet: quoted as RFC 4180 says, no cell a formula. */
import type { readAccessLog } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'

type Deed = Reply<typeof readAccessLog>['deeds'][number]

const columns = ['day', 'last', 'who', 'role', 'patient', 'born', 'action', 'what', 'purpose', 'outcome', 'times']

/** Codes, not words: the file is the same in every language. Lines end in CRLF. */
export function logFile(deeds: readonly Deed[]): string {
  const rows = deeds.map((deed) => [
    deed.day,
    deed.lastAt,
    deed.who.name ?? deed.who.id,
    deed.who.role,
    deed.patient?.name ?? '',
    deed.patient?.bornOn ?? '',
    deed.action,
    deed.what,
    deed.purpose,
    deed.outcome,
    String(deed.times),
  ])
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** A spreadsheet would work out what begins so. */
const formula = /^[=+\-@\t\r]/

const cell = (text: string) => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
