/** A clinician as schema.org describes one: a Physician who works at MedicalClinics. Pure. */
import type { readClinician } from '../../../../server/directory/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'

type Profile = Reply<typeof readClinician>
type Working = Profile['places'][number]

/** Sources: https://schema.org/Physician, https://schema.org/MedicalClinic. Only what the page itself shows. */
export function physicianOf({ clinician, npi, places }: Profile, url: string) {
  const specialties = new Set(places.flatMap((at) => at.specialties.map(({ name }) => name)))
  return {
    '@type': 'Physician',
    '@id': url,
    url,
    name: clinician.name,
    ...(specialties.size > 0 && { medicalSpecialty: [...specialties] }),
    ...(clinician.languages.length > 0 && { knowsLanguage: clinician.languages }),
    ...(npi?.valid && { identifier: { '@type': 'PropertyValue', propertyID: 'NPI', value: npi.number } }),
    isAcceptingNewPatients: places.some(({ acceptsNew, hidden }) => acceptsNew && !hidden),
    ...(places.length > 0 && { location: places.map(clinicOf) }),
  }
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function clinicOf({ place, hours }: Working) {
  return {
    '@type': 'MedicalClinic',
    name: place.name,
    address: {
      '@type': 'PostalAddress',
      streetAddress: place.lines.join(', '),
      addressLocality: place.city,
      addressRegion: place.state,
      postalCode: place.postcode,
    },
    ...(place.phone !== null && { telephone: place.phone }),
    ...(place.latitude !== null &&
      place.longitude !== null && {
        geo: { '@type': 'GeoCoordinates', latitude: place.latitude, longitude: place.longitude },
      }),
    openingHoursSpecification: hours.map((open) => ({
      '@type': 'OpeningHoursSpecification',
      dayOfWeek: open.weekdays.map((weekday) => weekdays[weekday - 1]),
      opens: open.from,
      closes: open.until,
    })),
  }
}
