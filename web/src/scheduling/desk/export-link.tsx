/** Takes a list along as a file for a spreadsheet: who may read the list may, and the trail says that it was done. */
import { Trans } from '@lingui/react/macro'
import type { Endpoint } from '../../../../server/platform/endpoint.ts'
import { useLanguage } from '../../ui/use-language.ts'

interface ExportLinkProps {
  list: Endpoint
  query?: Record<string, string | undefined>
  className?: string | undefined
}

export function ExportLink({ list, query = {}, className }: ExportLinkProps) {
  const language = useLanguage()
  const asked = new URLSearchParams({ language })
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value)
  return (
    <a href={`${list.url}?${asked.toString()}`} download className={className}>
      <Trans>Export</Trans>
    </a>
  )
}
