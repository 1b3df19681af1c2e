/** For whoever may book for several people: the way to do it at once. */
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useActing } from '../../people/family/acting.ts'
import { openRecords } from '../book/open-records.ts'

export function TogetherLink({ offering }: { offering: string }) {
  const family = openRecords(useActing())?.all.filter(({ mayBook }) => mayBook) ?? []
  if (family.length < 2) return null
  return (
    <p>
      <Link to="/book-together" search={{ offering }}>
        <Trans>Several of you are coming? Book one after the other, in one step</Trans>
      </Link>
    </p>
  )
}
