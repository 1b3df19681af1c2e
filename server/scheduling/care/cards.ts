/** What a result shows: clinician, place, visit, distance, network, next openings, and why it is there. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { clinicianView, placeView, specialtyView } from '../../directory/index.ts'
import { networkFacts } from '../../coverage/index.ts'
import type { Asked } from './asked.ts'
import { nextThree, unknownTenths, type Fragment } from './filters.ts'
import { reasonsFor } from './reasons.ts'
import type { CareResult } from '../contract.ts'
import { toInstant, toText } from '../openings/minutes.ts'
import { offeringView } from '../view.ts'

/** All that is read of a result; its own names are in `cardOf`. */
export interface Card {
  roleId: string
  specialty: string
  sortName: string
  /** The local day, counted from 1970, in a search for a day; else 0. */
  day: number
  start: number
  /** Of a mile; 0 when no place was asked for. */
  tenths: number
  starts: number[]
  acceptsNew: boolean
  offering: Parameters<typeof offeringView>[0]
  clinician: Parameters<typeof clinicianView>[0]
  place: Parameters<typeof placeView>[0]
}

/** The cards of a page, in its order. */
export async function showCards(
  tx: Tx,
  asked: Asked,
  cards: readonly Card[],
  isFirstPage: boolean,
): Promise<CareResult[]> {
  const facts =
    asked.networks && cards.length > 0
      ? await networkFacts(tx, asked.organizationId, {
          roleIds: cards.map(({ roleId }) => roleId),
          networkIds: asked.networks,
          now: toInstant(asked.now),
        })
      : []
  return cards.map((card, place) => {
    const network = facts.find(({ roleId }) => roleId === card.roleId)?.fact ?? null
    const miles = asked.point && card.tenths < unknownTenths ? card.tenths / 10 : null
    const isFirst = isFirstPage && place === 0 && !asked.byDistance
    return {
      clinician: clinicianView(card.clinician),
      place: placeView(card.place),
      specialty: specialtyView(card.specialty, asked.language),
      offering: offeringView(card.offering, asked.language),
      acceptsNew: card.acceptsNew,
      miles,
      network,
      openings: card.starts.map(toText),
      because: reasonsFor(asked, { specialty: card.specialty, miles, network, isFirst, mode: card.offering.mode }),
    }
  })
}

/** One row for a found row `f`: a look-up in each table. The names are ours, as JSON keeps them. */
export function cardOf(asked: Asked): Fragment {
  return sql`(
    select f.role_id as "roleId", f.specialty, f.sort_name as "sortName", f.day, f.start, f.tenths, ${nextThree(asked)} as starts, r.accepts_new as "acceptsNew",
      json_build_object('id', o.id, 'mode', o.mode, 'minutes', o.minutes, 'forPatients', o.for_patients, 'minAgeYears', o.min_age_years,
        'maxAgeYears', o.max_age_years, 'code', v.code, 'seats', v.seats, 'visitName', v.name) as offering,
      json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'prefix', p.prefix, 'credentials', p.credentials,
        'gender', p.gender, 'languages', p.languages) as clinician,
      json_build_object('id', g.id, 'name', g.name, 'addressLines', g.address_lines, 'city', g.city, 'state', g.state, 'postcode', g.postcode,
        'phone', g.phone, 'zone', g.zone, 'latitude', g.latitude, 'longitude', g.longitude) as place
    from scheduling.listing l
    join scheduling.offering o on o.organization_id = l.organization_id and o.id = l.offering_id
    join scheduling.visit_type v on v.organization_id = l.organization_id and v.id = o.visit_type_id
    join directory.practitioner_role r on r.organization_id = l.organization_id and r.id = l.practitioner_role_id
    join directory.practitioner p on p.organization_id = l.organization_id and p.id = l.practitioner_id
    join directory.location g on g.organization_id = l.organization_id and g.id = o.location_id
    where l.organization_id = ${asked.organizationId} and l.offering_id = f.offering_id and l.specialty = f.specialty limit 1)`
}
