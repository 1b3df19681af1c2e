/** Holds the place of what is still on its way, in its shape, and says so once to a screen reader. */
import { Trans } from '@lingui/react/macro'
import { Hidden } from './hidden.tsx'
import { Measure } from './page.tsx'
import css from './loading.module.css'

/** So many card shapes; `page` adds the shape of a title. */
export function Loading({ cards = 2, page = false }: { cards?: number; page?: boolean }) {
  const shapes = (
    <div className={css.shapes} aria-hidden="true">
      {page && <div className={css.shape} data-title="" />}
      {Array.from({ length: cards }, (_, i) => (
        <div key={i} className={css.shape} />
      ))}
    </div>
  )
  return (
    <>
      <Hidden as="output">
        <Trans>Loading</Trans>
      </Hidden>
      {page ? <Measure width="narrow">{shapes}</Measure> : shapes}
    </>
  )
}
