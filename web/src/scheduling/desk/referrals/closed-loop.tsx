/** Of the last 90 days, by who refers: how many referrals led to a visit. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { readClosedLoop } from '../../../../../server/scheduling/referrals/contract.ts'
import { asking } from '../../../call.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import css from './referrals.module.css'

export function ClosedLoop() {
  const { data, error } = useQuery(asking(readClosedLoop))
  if (error) return <Refusal error={error} />
  if (!data || data.referrers.length === 0) return null
  return (
    <section aria-labelledby="closed-loop" className={css.loop}>
      <h2 id="closed-loop">
        <Trans>How many led to a visit, last 90 days</Trans>
      </h2>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Referred by</Trans>
              </th>
              <th scope="col">
                <Trans>Referrals</Trans>
              </th>
              <th scope="col">
                <Trans>Booked</Trans>
              </th>
              <th scope="col">
                <Trans>Seen</Trans>
              </th>
              <th scope="col">
                <Trans>Waiting</Trans>
              </th>
              <th scope="col">
                <Trans>Days to book</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.referrers.map(({ referrer, made, scheduled, seen, waiting, daysToBook }) => (
              <tr key={referrer}>
                <th scope="row">{referrer}</th>
                <td>{made}</td>
                <td>
                  {scheduled} ({Math.round((scheduled / made) * 100)} %)
                </td>
                <td>{seen}</td>
                <td>{waiting}</td>
                <td>{daysToBook ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
