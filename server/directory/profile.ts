/** A clinician's profile: who they are, where they work, and what they treat there. */
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { visiblePractitioners, visibleRoles } from './access.ts'
import { placeAccess } from './place-access.ts'
import { freshChecks } from './upkeep/checks.ts'
import { clinicianView, placeView, specialtyView } from './view.ts'

/** The profile of one clinician; refuses one who is not there or no longer works here. */
export async function readClinician({ db, now }: Context, actor: Actor, id: string, language: Language) {
  return within(db, actor, async (tx) => {
    const [who, places] = await Promise.all([
      visiblePractitioners(tx, actor).where('p.id', '=', id).selectAll('p').executeTakeFirst(),
      visibleRoles(tx, actor)
        .where('r.practitionerId', '=', id)
        .select([
          'r.id as roleId',
          'r.specialties',
          'r.acceptsNew',
          'r.minAgeYears',
          'r.maxAgeYears',
          'r.inPerson',
          'r.video',
          'r.hiddenSince',
        ])
        .select([
          'l.id',
          'l.name',
          'l.addressLines',
          'l.city',
          'l.state',
          'l.postcode',
          'l.phone',
          'l.zone',
          'l.latitude',
          'l.longitude',
          'l.hours',
        ])
        .orderBy('l.name')
        .orderBy('r.id')
        .execute(),
    ])
    if (!who) throw notFound('clinician')
    const verified = await freshChecks(tx, actor.organizationId, {
      roleIds: places.map(({ roleId }) => roleId),
      now: now(),
    })
    const accessOf = await placeAccess(
      tx,
      actor.organizationId,
      places.map((place) => place.id),
    )
    return {
      clinician: clinicianView(who),
      npi: who.npi === null ? null : { number: who.npi, valid: who.npiValid },
      statement: who.statement[language] ?? who.statement.en ?? who.statement.es ?? null,
      places: places.map((row) => {
        const { roleId, hours, acceptsNew, minAgeYears, maxAgeYears, inPerson, video } = row
        const specialties = row.specialties.map((code) => specialtyView(code, language))
        return {
          roleId,
          place: placeView(row),
          hours,
          specialties,
          acceptsNew,
          minAgeYears,
          maxAgeYears,
          inPerson,
          video,
          hidden: row.hiddenSince !== null,
          access: accessOf(row.id),
          verified: verified.get(roleId) ?? [],
        }
      }),
    }
  })
}
