/** Says what a patient needs at every visit: one press each, and the language of an interpreter. */
import { useLingui } from '@lingui/react/macro'
import type { Support } from '../../../../server/people/contract.ts'
import { languageName } from '../../scheduling/find/said.ts'
import { SelectField } from '../../ui/field.tsx'
import { CheckField, Fieldset } from '../../ui/fieldset.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { allNeeds, needWords } from './words.ts'
import css from './support.module.css'

const interpreted = ['es', 'pt', 'zh', 'vi', 'ht', 'ar', 'fr', 'ru', 'ko', 'km', 'so', 'ase', 'en']

export function SupportFields({ value, onChange }: { value: Support; onChange: (value: Support) => void }) {
  const { t, i18n } = useLingui()
  const reader = useLanguage()
  const { needs, interpreter } = value
  const languages = [...new Set([...interpreted, ...(interpreter === null ? [] : [interpreter])])]
  return (
    <div className={css.fields}>
      <Fieldset name="needs" label={t`What helps you at a visit?`} hint={t`We remember it for every later visit.`}>
        <div className={css.needs}>
          {allNeeds.map((need) => (
            <CheckField
              key={need}
              name={`need-${need}`}
              label={i18n._(needWords[need])}
              checked={needs.includes(need)}
              onChange={(checked) =>
                onChange({ ...value, needs: allNeeds.filter((one) => (one === need ? checked : needs.includes(one))) })
              }
            />
          ))}
        </div>
      </Fieldset>
      <SelectField
        name="interpreter"
        label={t`Interpreter`}
        value={interpreter ?? ''}
        onChange={(code) => onChange({ ...value, interpreter: code || null })}
        options={[
          { value: '', label: t`Not needed` },
          ...languages.map((code) => ({ value: code, label: languageName(code, reader) })),
        ]}
      />
    </div>
  )
}
