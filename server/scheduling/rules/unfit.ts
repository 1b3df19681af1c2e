/** Why a rule cannot be proposed as it is. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { invalid, type Refusal } from '../../platform/errors.ts'
import type { RuleKind, SettingsOf } from './contract.ts'
import { allInForce, countOpenings, whoseOf, type Wanted } from './supposed.ts'
import { contradicts, faultOf, scopeOf } from './wish.ts'

/** Why a wish cannot be proposed: it contradicts itself or another rule, or leaves nobody an opening. */
export async function unfitBecause(
  tx: Tx,
  organizationId: string,
  wish: Wanted,
  now: Temporal.Instant,
): Promise<Refusal | undefined> {
  const fault = faultOf(wish)
  if (fault || wish.standing !== 'holds') return fault
  return (await unfitBesideOthers(tx, organizationId, wish)) ?? (await unfitForOpenings(tx, organizationId, wish, now))
}

async function unfitBesideOthers(tx: Tx, organizationId: string, wish: Wanted): Promise<Refusal | undefined> {
  if (wish.kind === 'pair_buffer') return unfitForDays(tx, organizationId, wish)
  if (wish.kind !== 'reserved_time') return undefined
  const { blocks, forVisitTypeId } = wish.settings as SettingsOf['reserved_time']
  const scope = scopeOf(wish.scope)
  for (const rule of await allInForce(tx, organizationId)) {
    if (rule.kind !== 'reserved_time' || rule.ruleId === wish.ruleId || rule.standing === 'exempt') continue
    const other = rule.settings as SettingsOf['reserved_time']
    const sharesScope = rule.locationId === scope.locationId && rule.practitionerId === scope.practitionerId
    const both = other.blocks.some((one) =>
      blocks.some(
        (two) => one.weekday === two.weekday && one.fromMinute < two.untilMinute && two.fromMinute < one.untilMinute,
      ),
    )
    if (sharesScope && both && other.forVisitTypeId !== forVisitTypeId)
      return contradicts(
        'Some of these hours are reserved for another kind of visit already: neither could be booked then.',
        'Algunas de estas horas ya están reservadas para otro tipo de consulta: no se podría reservar ninguna.',
      )
  }
  return undefined
}

/** A buffer as long as the longest working day leaves the second visit no place on any day of the first. */
async function unfitForDays(tx: Tx, organizationId: string, wish: Wanted): Promise<Refusal | undefined> {
  const { minutes } = wish.settings as SettingsOf['pair_buffer']
  const whose = await whoseOf(tx, organizationId, scopeOf(wish.scope))
  if (whose.length === 0) return undefined
  const { rows } = await sql<{ longest: number | null }>`
    select max(until_minute) - min(from_minute) as longest from scheduling.weekly_rule
    where organization_id = ${organizationId} and practitioner_id = any (${`{${whose.join(',')}}`}::uuid[])
    group by practitioner_id, weekday order by 1 desc limit 1`.execute(tx)
  const longest = rows[0]?.longest ?? 1440
  return minutes >= longest
    ? contradicts(
        `${minutes} minutes are longer than the longest working day here: the two could never be on one day.`,
        `${minutes} minutos son más que la jornada más larga de aquí: las dos nunca podrían ser el mismo día.`,
      )
    : undefined
}

const closesNothing: ReadonlySet<RuleKind> = new Set(['ages', 'referral'])

async function unfitForOpenings(tx: Tx, organizationId: string, wish: Wanted, now: Temporal.Instant) {
  if (closesNothing.has(wish.kind)) return undefined
  const { clinicians } = await countOpenings(tx, organizationId, wish, now)
  const sum = (when: 'before' | 'after') => clinicians.reduce((all, one) => all + one[when], 0)
  return sum('before') > 0 && sum('after') === 0
    ? invalid(
        'rule_leaves_no_opening',
        'This rule would leave nobody a single opening in the four weeks from its first day.',
      )
    : undefined
}
