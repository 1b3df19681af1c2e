/** How soon a referral asks to be seen. */
import { useLingui } from '@lingui/react/macro'

export function usePriorityWords() {
  const { t } = useLingui()
  return { routine: t`Routine`, urgent: t`Urgent`, asap: t`As soon as possible`, stat: t`At once` }
}
