/** What stands in each file: the same rows as on the page, read by the same functions, under heads in the reader's language. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { csvOf, type Cell } from '../../platform/csv.ts'
import { within } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { invalid } from '../../platform/errors.ts'
import { spokenName } from '../../directory/index.ts'
import { readOrganization } from '../../people/index.ts'
import { at } from '../desk/block.ts'
import { listCallBacks } from '../desk/call-backs.ts'
import { readVisits } from '../desk/visits.ts'
import { readBoard } from '../numbers/read-board.ts'
import { listOverbooked } from '../overbooking/list-overbooked.ts'
import { listReferrals } from '../referrals/list-referrals.ts'

const mostDays = 31

interface Days {
  from: string
  until: string
  placeId?: string
}

/** Without why they come: a file goes further than a screen. */
export async function visitsFile(context: Context, actor: Actor, language: Language, { from, until, placeId }: Days) {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  const days = first.until(last).days
  if (days < 0 || days >= mostDays) throw invalid('too_many_days', 'Ask for a month at the most.')
  const rows = await within(context.db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const span = { from: at(first, 0, zone), until: at(last, 1440, zone) }
    const visits = await readVisits(context, tx, { actor, span, language, withReasons: false })
    const of = (table: 'directory.practitioner' | 'directory.location') =>
      tx.selectFrom(table).where('organizationId', '=', actor.organizationId)
    const [clinicians, places] = await Promise.all([
      of('directory.practitioner').selectAll('directory.practitioner').execute(),
      of('directory.location').selectAll('directory.location').execute(),
    ])
    const clinicianOf = new Map(clinicians.map((one) => [one.id, spokenName(one)]))
    const placeOf = new Map(places.map((place) => [place.id, place]))
    return visits
      .filter(({ entry }) => placeId === undefined || entry.placeId === placeId)
      .map(({ practitionerId, entry }): Cell[] => {
        const place = placeOf.get(entry.placeId ?? '')
        const [starts, ends] = [wallOf(entry.startsAt, place?.zone ?? zone), wallOf(entry.endsAt, place?.zone ?? zone)]
        const { patient } = entry
        return [
          starts.day,
          starts.time,
          ends.time,
          clinicianOf.get(practitionerId ?? ''),
          place?.name,
          entry.visitType,
          entry.mode,
          patient?.name,
          patient?.bornOn,
          sayPhone(patient?.phone),
          patient?.email,
          patient?.language,
          entry.resources.join(', '),
        ]
      })
  })
  return csvOf(
    {
      en: [
        'Day',
        'From',
        'Until',
        'Clinician',
        'Place',
        'Visit',
        'Mode',
        'Patient',
        'Born',
        'Phone',
        'Email',
        'Language',
        'With',
      ],
      es: [
        'Día',
        'Desde',
        'Hasta',
        'Profesional',
        'Lugar',
        'Cita',
        'Modo',
        'Paciente',
        'Nacimiento',
        'Teléfono',
        'Correo',
        'Idioma',
        'Con',
      ],
    }[language],
    rows,
  )
}

export async function callsFile(context: Context, actor: Actor, language: Language) {
  const calls = await listCallBacks(context, actor)
  return csvOf(
    {
      en: ['Call until', 'Patient', 'Born', 'Phone', 'Language'],
      es: ['Llamar hasta', 'Paciente', 'Nacimiento', 'Teléfono', 'Idioma'],
    }[language],
    calls.map(({ dueAt, patient }) => [dueAt, patient.name, patient.bornOn, sayPhone(patient.phone), patient.language]),
  )
}

export async function referralsFile(context: Context, actor: Actor, language: Language) {
  const referrals = await listReferrals(context, actor, { language })
  return csvOf(
    {
      en: [
        'Referred',
        'By',
        'Priority',
        'From',
        'Until',
        'Patient',
        'Born',
        'Phone',
        'Visit',
        'Clinicians',
        'Link sent',
        'Overdue since',
      ],
      es: [
        'Derivado',
        'Por',
        'Prioridad',
        'Desde',
        'Hasta',
        'Paciente',
        'Nacimiento',
        'Teléfono',
        'Cita',
        'Profesionales',
        'Enlace enviado',
        'Atrasado desde',
      ],
    }[language],
    referrals.map((one) => [
      one.madeAt,
      one.referrer,
      one.priority,
      one.validFrom,
      one.validUntil,
      one.patient.name,
      one.patient.bornOn,
      sayPhone(one.patient.phone),
      one.visitTypes.join(', '),
      one.clinicians.join(', '),
      one.linkSentAt,
      one.overdueAt,
    ]),
  )
}

export async function overbookedFile(context: Context, actor: Actor, language: Language, days: Days) {
  const { overbooked } = await listOverbooked(context, actor, { ...days, language })
  return csvOf(
    {
      en: ['Day', 'Time', 'Clinician', 'Place', 'Visit', 'State', 'Reason', 'Why', 'Decided by', 'Decided'],
      es: ['Día', 'Hora', 'Profesional', 'Lugar', 'Cita', 'Estado', 'Motivo', 'Por qué', 'Decidida por', 'Decidida'],
    }[language],
    overbooked.map((one) => {
      const { day, time } = wallOf(one.startsAt, one.zone)
      const state = one.status === 'cancelled' ? 'cancelled' : one.beside ? 'beside' : 'alone'
      return [
        day,
        time,
        one.clinician,
        one.place,
        one.visitType,
        state,
        one.reason,
        one.why,
        one.decidedBy,
        one.decidedAt,
      ]
    }),
  )
}

export async function waitsFile(context: Context, actor: Actor, language: Language) {
  const { waits } = await readBoard(context, actor, language)
  return csvOf(
    {
      en: ['Visit', 'Specialty', 'Place', 'Clinicians', 'Without a third opening', 'Days', 'Days before'],
      es: ['Cita', 'Especialidad', 'Lugar', 'Profesionales', 'Sin una tercera hora', 'Días', 'Días antes'],
    }[language],
    waits.map((one) => [
      one.visitType,
      one.specialty,
      one.place,
      one.clinicians,
      one.withoutThird,
      one.days,
      one.daysBefore,
    ]),
  )
}

function wallOf(instant: string, zone: string) {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return { day: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** As people here write it: with its plus sign a spreadsheet takes a number for a formula. */
const sayPhone = (phone: string | null | undefined) => phone?.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')
