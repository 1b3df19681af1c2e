/** Find care: say what it is about, where and when. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Find care and book a visit`} />
}
