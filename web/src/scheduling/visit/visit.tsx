/** One visit, for whoever holds its link: read it, move it, cancel it. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Your visit`} />
}
