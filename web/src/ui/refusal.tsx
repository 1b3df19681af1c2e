/** The one way a refusal is shown: what happened, what to do now, and the phone. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Refused } from '../call.ts'
import { Button } from './button.tsx'
import { phoneLink, sayPhone, useHouse } from './house.ts'
import { Row } from './layout.tsx'
import { Notice } from './notice.tsx'
import { refusalWords } from './refusal-words.ts'

/** The words for any error: by its code, else what the API said, else that it is our fault. */
export function useRefusalWords(): (error: unknown) => string {
  const { i18n } = useLingui()
  return (error) => {
    const own = error instanceof Refused ? ownSentence(error.extra['sentence'], i18n.locale) : undefined
    if (own !== undefined) return own
    const words = error instanceof Refused ? refusalWords[error.code] : refusalWords['internal']
    if (words) return i18n._(words)
    return error instanceof Error ? error.message : ''
  }
}

/** A rule of the clinic's brings its sentence along in both languages: what it says depends on its settings. */
function ownSentence(sentence: unknown, language: string): string | undefined {
  const words =
    typeof sentence === 'object' && sentence !== null ? (sentence as Record<string, unknown>)[language] : undefined
  return typeof words === 'string' ? words : undefined
}

interface RefusalProps {
  error: unknown
  /** Offers 'Try again'. */
  onAgain?: () => void
  /** What else can be done: other times, another clinician. */
  children?: ReactNode
}

/** Read out when it appears. Renders nothing without an error. */
export function Refusal({ error, onAgain, children }: RefusalProps) {
  const words = useRefusalWords()
  const { phone } = useHouse()
  if (!error) return null
  return (
    <Notice tone="bad" says="now">
      <p>{words(error)}</p>
      {children}
      <Row apart>
        {onAgain && (
          <Button size="sm" onClick={onAgain}>
            <Trans>Try again</Trans>
          </Button>
        )}
        {phone && (
          <a href={phoneLink(phone)}>
            <Trans>Call {sayPhone(phone)}</Trans>
          </a>
        )}
      </Row>
    </Notice>
  )
}
