/** Where a person is in a task of several pages, and the way back. */
import { Trans } from '@lingui/react/macro'
import { Link, type LinkProps } from '@tanstack/react-router'
import { Icon } from './icon.tsx'
import css from './step-header.module.css'

/** `at` counts from 1. `back` leads to the step before, with everything typed still there. */
export function StepHeader({ at, of, back }: { at: number; of: number; back?: LinkProps }) {
  return (
    <div className={css.header}>
      {back && <BackLink {...back} />}
      <p className={css.step}>
        <Trans>
          Step {at} of {of}
        </Trans>
      </p>
      <div className={css.track} aria-hidden="true">
        {Array.from({ length: of }, (_, i) => (
          <span key={i} data-done={i < at || undefined} />
        ))}
      </div>
    </div>
  )
}

/** 'Back', to a place that is named by its address. */
export function BackLink(to: LinkProps) {
  return (
    <Link {...to} className={css.back}>
      <Icon name="back" size={20} />
      <Trans>Back</Trans>
    </Link>
  )
}
