/** One box for what is wrong or who is looked for, with suggestions while somebody types. */
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { suggestReasons } from '../../../../server/directory/contract.ts'
import { asking } from '../../call.ts'
import { TextField } from '../../ui/field.tsx'
import { useLanguage } from '../../ui/use-language.ts'

interface ReasonFieldProps {
  value: string
  onChange: (value: string) => void
}

/** The browser's own suggestion list: every screen reader and phone keyboard knows it. */
export function ReasonField(props: ReasonFieldProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const typed = useDeferredValue(props.value.trim())
  const { data } = useQuery({
    ...asking(suggestReasons, { query: { q: typed, language } }),
    enabled: typed.length >= 2,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <TextField
        {...props}
        name="q"
        label={t`What is it about, or who do you look for?`}
        hint={t`A problem, a kind of care, or a name: “sore throat”, “heart doctor”, “Dr. Nguyen”`}
        type="search"
        icon="search"
        list="reasons"
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
      />
      <datalist id="reasons">
        {data?.suggestions.map(({ text }) => (
          <option key={text} value={text}>
            {text}
          </option>
        ))}
      </datalist>
    </>
  )
}
