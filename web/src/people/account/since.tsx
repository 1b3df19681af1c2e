/** A day in the reader's words. */
import { useLingui } from '@lingui/react/macro'

export function Since({ at }: { at: string }) {
  const { i18n } = useLingui()
  return <time dateTime={at}>{i18n.date(new Date(at), { dateStyle: 'medium' })}</time>
}
