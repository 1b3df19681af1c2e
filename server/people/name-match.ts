/** Is this guest somebody we know? Sure only when everything says so; a doubt is a person's to settle, never ours. Pure. */
import { normalName } from './identity/names.ts'
import { score, type Identity } from './identity/score.ts'

type Likeness = 'sure' | 'doubtful' | 'different'

/**
 * sure: given and family names and the full birth date are equal, and the guest's contact (which they proved) is one on
 * record; no score is enough for that. doubtful: the score says that a person should look. different: anything else.
 */
export function compare(guest: Identity, candidate: Identity): Likeness {
  const sameBirth = guest.bornOn !== null && candidate.bornOn !== null && guest.bornOn.equals(candidate.bornOn)
  const sameContact = guest.contacts.some((one) =>
    candidate.contacts.some(({ kind, value }) => kind === one.kind && value === one.value),
  )
  const sameName =
    normalName(guest.givenName) === normalName(candidate.givenName) &&
    normalName(guest.familyName) === normalName(candidate.familyName)
  if (sameName && sameBirth && sameContact) return 'sure'
  return score(guest, candidate).verdict === 'different' ? 'different' : 'doubtful'
}

/** The one sure match, and the doubtful ones, most alike first. Two that would both be sure are both doubtful. */
export function decide(
  guest: Identity,
  candidates: readonly (Identity & { id: string })[],
): { match?: string; doubtful: string[] } {
  // Two records of one patient have one id.
  const sure = [...new Set(candidates.filter((one) => compare(guest, one) === 'sure').map(({ id }) => id))]
  const doubtful = candidates
    .filter((one) => compare(guest, one) === 'doubtful')
    .map((one) => ({ id: one.id, total: score(guest, one).total }))
    .sort((one, other) => other.total - one.total)
    .map(({ id }) => id)
    .filter((id, at, all) => !sure.includes(id) && all.indexOf(id) === at)
  const [match, another] = sure
  return match !== undefined && another === undefined ? { match, doubtful } : { doubtful: [...sure, ...doubtful] }
}
