/** To whom something of my record was given, for another reason than my care, its payment or the clinic's own work. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listMyDisclosures } from '../../../server/privacy/contract.ts'
import { asking } from '../call.ts'
import { OwnPage } from '../people/me/own-page.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { Stack } from '../ui/layout.tsx'
import { FactList } from '../ui/lists.tsx'
import { dateName } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { disclosureWords } from './deed-words.ts'
import css from './privacy.module.css'

export function Screen() {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const asked = useQuery(asking(listMyDisclosures))
  const reason = (why: string) => (disclosureWords[why] ? i18n._(disclosureWords[why]) : why)
  return (
    <OwnPage
      title={t`To whom it was given`}
      lead={t`When something of your record went to others for another reason than your care, the bill or our own work.`}
      asked={asked}
    >
      {({ disclosures }) => (
        <Stack>
          {disclosures.length === 0 && (
            <Empty icon="check" title={t`It was given to nobody`}>
              <p>
                <Trans>If that ever happens, you can read here to whom and why.</Trans>
              </p>
            </Empty>
          )}
          {disclosures.map(({ id, disclosedOn, recipient, address, what, why }) => (
            <Card key={id} as="section" aria-labelledby={`given-${id}`}>
              <h2 id={`given-${id}`} className={css.title}>
                {dateName(disclosedOn, language)}
              </h2>
              <FactList
                facts={[
                  { name: t`To whom`, value: address === null ? recipient : `${recipient}, ${address}` },
                  { name: t`What was given`, value: what },
                  { name: t`Why`, value: reason(why) },
                ]}
              />
            </Card>
          ))}
        </Stack>
      )}
    </OwnPage>
  )
}
