/** The front desk’s day. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Front desk`} />
}
