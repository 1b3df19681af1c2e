/** What the clinic has sent, on this machine only. */
import { useLingui } from '@lingui/react/macro'
import { Page } from '../ui/page.tsx'

export function Screen() {
  const { t } = useLingui()
  return <Page title={t`Mailbox`} />
}
