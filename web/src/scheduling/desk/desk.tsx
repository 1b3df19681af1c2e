/** The front desk’s day, in a frame of its own. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return (
    <main>
      <Page title={t`Front desk`} />
    </main>
  )
}
