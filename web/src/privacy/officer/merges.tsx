/** Which records were merged, for who watches over privacy: reads, and changes nothing. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listMerges } from '../../../../server/people/contract.ts'
import { asking } from '../../call.ts'
import { Merged } from '../../people/same/merged.tsx'
import { OfficerPage } from './officer-page.tsx'

export function Screen() {
  const { t } = useLingui()
  return (
    <OfficerPage
      title={t`Merged records`}
      lead={t`Two records that the desk took for one patient. A merge moves nothing, and can be undone.`}
      asked={useQuery(asking(listMerges))}
    >
      {() => <Merged reads />}
    </OfficerPage>
  )
}
