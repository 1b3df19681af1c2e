/** What patients may need, in words: for themselves, and in short for those who expect them. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Support } from '../../../../server/people/contract.ts'
import { languageName } from '../../scheduling/find/said.ts'
import { useLanguage } from '../../ui/use-language.ts'

type Need = Support['needs'][number]

export const needWords: Readonly<Record<Need, MessageDescriptor>> = {
  wheelchair: msg`Wheelchair access`,
  mobility: msg`Help with walking or stairs`,
  service_animal: msg`A service animal comes along`,
  sign_language: msg`Sign language`,
  captions: msg`Hard of hearing: captions or writing`,
  large_print: msg`Large print`,
  read_aloud: msg`Forms read aloud`,
  quiet: msg`A quiet place to wait`,
  longer_time: msg`More time`,
}

export const allNeeds = Object.keys(needWords) as Need[]

export const noSupport: Support = { needs: [], interpreter: null }
export const hasSupport = ({ needs, interpreter }: Support) => needs.length > 0 || interpreter !== null

/** Each in its words, the interpreter last. */
export function useSupportWords() {
  const { t, i18n } = useLingui()
  const reader = useLanguage()
  return ({ needs, interpreter }: Support): string[] => [
    ...needs.map((need) => i18n._(needWords[need])),
    ...(interpreter === null ? [] : [t`Interpreter: ${languageName(interpreter, reader)}`]),
  ]
}
