/** On every patient page: for whom somebody acts, the way back to their own record, and plain words when it is over. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import css from './acting.module.css'
import { actedFor, useActingState, useChoose, useForgotten } from './people/family/acting.ts'
import { BusyButton } from './ui/busy-button.tsx'
import { Icon } from './ui/icon.tsx'
import { Loading } from './ui/loading.tsx'
import { Page } from './ui/page.tsx'
import { Refusal } from './ui/refusal.tsx'

/** Stays for as long as somebody acts for another: nobody can close it. */
export function ActingBanner() {
  const { t } = useLingui()
  const { acting } = useActingState()
  const choosing = useChoose()
  const person = actedFor(acting)
  if (!person) return null
  const { name } = person
  return (
    <section className={css.banner} aria-label={t`For whom you act`}>
      <div className={css.bar}>
        <p className={css.who}>
          <Icon name="info" size={24} />
          <span>
            <Trans>
              You are acting for <strong>{name}</strong>
            </Trans>
          </span>
        </p>
        <div className={css.ways}>
          <button
            type="button"
            className={css.way}
            aria-disabled={choosing.isPending}
            onClick={() => !choosing.isPending && choosing.mutate(null)}
          >
            <Trans>Stop</Trans>
          </button>
          <Link to="/me/family" className={css.way}>
            <Trans>Change</Trans>
          </Link>
        </div>
        <Refusal error={choosing.error} />
      </div>
    </section>
  )
}

/** A page for one patient: it begins anew for another, and nothing of one is ever seen under the name of the other. */
export function ForOne({ children }: { children: ReactNode }) {
  const { acting, isPatient, error } = useActingState()
  const queries = useQueryClient()
  const page = useLocation({ select: ({ pathname }) => pathname })
  const isForgotten = useForgotten(acting, page)
  if (isPatient && !acting && error)
    return (
      <div className={css.bar}>
        <Refusal error={error} onAgain={() => void queries.refetchQueries({ type: 'active' })} />
      </div>
    )
  const isUnknown = isPatient && !acting
  if (!isUnknown && !isForgotten) return <Loading page />
  if (acting && !acting.open) return <Over />
  // Hidden rather than taken away while it is asked for whom they act: somebody may have begun to type.
  return (
    <>
      {isUnknown && <Loading page />}
      <div className={css.kept} hidden={isUnknown}>
        {children}
      </div>
    </>
  )
}

/** What was given has ended: no record is open, not even one's own, until they say so. */
function Over() {
  const { t } = useLingui()
  const choosing = useChoose()
  return (
    <Page
      title={t`You can no longer act for this person`}
      lead={t`What you were allowed to do has ended, so their record is closed to you. Nothing was changed.`}
    >
      <Refusal error={choosing.error} />
      <p>
        <Trans>Is this a mistake? Ask the person, or call us.</Trans>
      </p>
      <BusyButton busy={choosing.isPending} onClick={() => choosing.mutate(null)}>
        <Trans>Back to my own record</Trans>
      </BusyButton>
    </Page>
  )
}
