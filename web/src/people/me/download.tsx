/** The whole record as a file, at once: to read, or for another clinic or app. */
import { Trans } from '@lingui/react/macro'
import { looksOf } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row } from '../../ui/layout.tsx'
import { useLanguage } from '../../ui/use-language.ts'

export function Download() {
  const language = useLanguage()
  return (
    <Card as="section" aria-labelledby="record">
      <h2 id="record">
        <Trans>My record</Trans>
      </h2>
      <p>
        <Trans>Take all that we know of your health with you. Keep the file where only you can open it.</Trans>
      </p>
      <Row>
        <a {...looksOf({ variant: 'filled' })} href={`/api/fhir/my-record/record.pdf?language=${language}`} download>
          <Trans>Download to read (PDF)</Trans>
        </a>
        <a {...looksOf({ variant: 'default' })} href={`/api/fhir/my-record/record.json?language=${language}`} download>
          <Trans>Download for an app (FHIR)</Trans>
        </a>
      </Row>
    </Card>
  )
}
