/** Clinicians with open times that fit what was asked. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Clinicians with open times`} />
}
