/** One clinician: who they are, where, and when there is time. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Clinician`} />
}
