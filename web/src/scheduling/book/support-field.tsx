/** Whoever needs something to come opens this; the others pass by. */
import { Trans } from '@lingui/react/macro'
import type { Support } from '../../../../server/people/contract.ts'
import { SupportFields } from '../../people/support/support-fields.tsx'
import { hasSupport, noSupport, useSupportWords } from '../../people/support/words.ts'
import css from './book.module.css'

interface SupportFieldProps {
  support: Support | undefined
  onChange: (support: Support) => void
}

export function SupportField({ support = noSupport, onChange }: SupportFieldProps) {
  const words = useSupportWords()(support)
  return (
    <details className={css.fold}>
      <summary>
        <Trans>Access, an interpreter or more time?</Trans>
        {hasSupport(support) && <span className={css.soft}>{words.join(' · ')}</span>}
      </summary>
      <SupportFields value={support} onChange={onChange} />
    </details>
  )
}
