/** No result is no dead end: which filter to take off and how many that gives, one tap each. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { findCare } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { chips, useFilterWords } from './filter-words.ts'
import type { CareSearch, Change } from './search.ts'
import css from './results.module.css'

interface NoResultsProps {
  relax: Reply<typeof findCare>['relax']
  search: CareSearch
  change: Change
}

/** All but the question and the place. */
const allOff = Object.fromEntries(chips.map((field) => [field, undefined]))

export function NoResults({ relax, search, change }: NoResultsProps) {
  const { t } = useLingui()
  const words = useFilterWords(search)
  const { phone } = useHouse()
  return (
    <Empty title={t`No open times fit all of this`}>
      {relax.length > 0 && (
        <>
          <p>
            <Trans>Take one of these off to see some:</Trans>
          </p>
          <ul className={css.relax}>
            {relax.map(({ filter, count }) => (
              <li key={filter}>
                <Button variant="default" onClick={() => change({ [filter]: undefined })} className={css.relaxer}>
                  <span className={css.struck}>{words(filter)}</span>
                  <strong>
                    {count >= 100 ? (
                      <Trans>100 or more</Trans>
                    ) : (
                      <Plural value={count} one="# result" other="# results" />
                    )}
                  </strong>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {relax.length === 0 && (
        <p>
          <Button variant="default" onClick={() => change(allOff)}>
            <Trans>Take all filters off</Trans>
          </Button>
        </p>
      )}
      <p>
        <Link to="/">
          <Trans>Begin again</Trans>
        </Link>
        {phone && (
          <>
            {' · '}
            <a href={phoneLink(phone)}>
              <Trans>Call us and we will look together: {sayPhone(phone)}</Trans>
            </a>
          </>
        )}
      </p>
    </Empty>
  )
}
