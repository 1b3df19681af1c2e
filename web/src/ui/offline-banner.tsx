/** Says that the connection is gone, and that nothing typed is lost, for as long as it is gone. */
import { Trans } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import css from './offline-banner.module.css'

const watch = (changed: () => void) => {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

/** Empty while connected, so that screen readers hear it appear. */
export function OfflineBanner() {
  const connected = useSyncExternalStore(watch, () => navigator.onLine)
  return (
    <output>
      {!connected && (
        <span className={css.banner}>
          <Trans>You are offline. What you typed is still here; we will go on when the connection is back.</Trans>
        </span>
      )}
    </output>
  )
}
