/** A rule as somebody wants it: what it must say by its kind, and what makes it unfit in itself. Pure. */
import { Check } from 'typebox/value'
import { invalid, type Refusal } from '../../platform/errors.ts'
import { schemaOf, type RuleKind, type Settings, type SettingsOf, type Standing } from './contract.ts'
import { subjectOf, type Scope } from './in-force.ts'

export interface Said {
  standing: Standing
  settings: Settings | null
  fromDay: string
  untilDay: string | null
}

export interface Wish extends Said {
  kind: RuleKind
  scope: { placeId: string | null; clinicianId: string | null; visitTypeId: string | null }
}

export const scopeOf = ({ placeId, clinicianId, visitTypeId }: Wish['scope']): Scope => ({
  locationId: placeId,
  practitionerId: clinicianId,
  visitTypeId,
})

export const scopeView = ({ locationId, practitionerId, visitTypeId }: Scope): Wish['scope'] => ({
  placeId: locationId,
  clinicianId: practitionerId,
  visitTypeId,
})

/** Refuses `rule_malformed` for settings of another kind; gives the subject of the rule. */
export function readWish({ kind, standing, settings, untilDay, fromDay, scope }: Wish): string {
  const fits = settings === null ? standing !== 'holds' : Check(schemaOf(kind), settings)
  if (!fits) throw invalid('rule_malformed', 'These settings are not of this kind of rule.')
  if (untilDay !== null && untilDay < fromDay)
    throw invalid('ends_before_it_starts', 'A rule ends after it starts. Check the days.')
  return subjectOf(kind, settings, scopeOf(scope))
}

type Faults = { [K in RuleKind]?: (settings: SettingsOf[K]) => Refusal | false }

/** What a rule cannot mean, whoever it is about. */
const faults: Faults = {
  holidays: ({ days }) =>
    new Set(days.map(({ on }) => on)).size < days.length &&
    contradicts(
      'The same day stands twice in this calendar. Take one of them out.',
      'El mismo día está dos veces en este calendario. Quite uno.',
    ),
  reserved_time: ({ blocks, releaseHours }) =>
    blocks.some(({ fromMinute, untilMinute }) => untilMinute <= fromMinute)
      ? contradicts(
          'A reserved block ends before it starts. Check its hours.',
          'Un bloque reservado termina antes de empezar. Revise sus horas.',
        )
      : releaseHours >= 24 * 90 &&
        contradicts(
          'These hours are released before anybody can book them: openings are shown 90 days ahead.',
          'Estas horas se liberan antes de que alguien pueda reservarlas: los turnos se muestran con 90 días de anticipación.',
        ),
  ages: ({ minYears, maxYears }) =>
    minYears > maxYears &&
    contradicts(
      'The youngest age is above the oldest: nobody could book. Swap them.',
      'La edad mínima es mayor que la máxima: nadie podría reservar. Cámbielas.',
    ),
}

export const contradicts = (en: string, es: string) => invalid('rule_contradicts', en, { sentence: { en, es } })

/** Why these settings cannot be proposed; undefined when they can. */
export function faultOf({
  kind,
  standing,
  settings,
}: Pick<Wish, 'kind' | 'standing' | 'settings'>): Refusal | undefined {
  return standing === 'holds' && settings ? faultIn(kind, settings) : undefined
}

function faultIn<K extends RuleKind>(kind: K, settings: Settings): Refusal | undefined {
  return faults[kind]?.(settings as SettingsOf[K]) || undefined
}
