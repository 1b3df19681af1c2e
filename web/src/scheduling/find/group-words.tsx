import { Trans } from '@lingui/react/macro'

/** Says of a group visit that others are there too, wherever it is chosen. */
export const GroupWords = ({ seats }: { seats: number }) =>
  seats > 1 && (
    <>
      {', '}
      <Trans>group visit with up to {seats} people</Trans>
    </>
  )
