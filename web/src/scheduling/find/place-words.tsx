/** A place as an address, its phone, and the way there. */
import { Trans } from '@lingui/react/macro'
import type { Place } from '../../../../server/directory/contract.ts'
import { phoneLink, sayPhone } from '../../ui/house.ts'
import css from './place-words.module.css'

/** The name and address on their own lines, with phone and map when `full`. */
export function PlaceWords({
  place,
  full = false,
  nameless = false,
}: {
  place: Place
  full?: boolean
  nameless?: boolean
}) {
  return (
    <address className={css.place}>
      {!nameless && <span>{place.name}</span>}
      {place.lines.map((line) => (
        <span key={line} className={css.line}>
          {line}
        </span>
      ))}
      <span className={css.line}>{cityLine(place)}</span>
      {full && (
        <span className={css.ways}>
          {place.phone && <a href={phoneLink(place.phone)}>{sayPhone(place.phone)}</a>}
          <MapLink place={place} />
        </span>
      )}
    </address>
  )
}

/** 'Boston, MA 02110' */
export function cityLine({ city, state, postcode }: Pick<Place, 'city' | 'state' | 'postcode'>): string {
  return [[city, state].filter(Boolean).join(', '), postcode].filter(Boolean).join(' ')
}

/** Names the place only: nothing about the patient or the visit leaves with it. */
function MapLink({ place: { latitude, longitude, name } }: { place: Place }) {
  if (latitude === null || longitude === null) return null
  const spot = `${latitude}/${longitude}`
  return (
    <a
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${spot}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Trans>Map</Trans>
      <span className={css.hidden}>
        {' '}
        {name} <Trans>(opens another site in a new tab)</Trans>
      </span>
    </a>
  )
}
