/** What is wrong in a form, all at once: a list at the top that takes the focus and leads to each field. */
import { Plural } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import css from './problems.module.css'

export interface Problem {
  /** The `name` of the field, which is its element's id too. */
  field: string
  /** How to put it right, in the reader's language: 'Enter your family name'. */
  text: string
}

/** The problems of the last try. `report` shows them and returns whether there were none. */
export function useProblems() {
  const [{ problems, tries }, set] = useState<{ problems: readonly Problem[]; tries: number }>({
    problems: [],
    tries: 0,
  })
  return {
    problems,
    tries,
    of: (field: string) => problems.find((problem) => problem.field === field)?.text,
    report(found: readonly Problem[]): boolean {
      set({ problems: found, tries: tries + 1 })
      return found.length === 0
    },
  }
}

/** Put it first in the form. Takes the focus at every try that finds something. */
export function ProblemSummary({ problems, tries }: { problems: readonly Problem[]; tries: number }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tries) box.current?.focus()
  }, [tries])
  if (!problems.length) return null
  return (
    <div ref={box} tabIndex={-1} className={css.summary} role="alert">
      <p className={css.title}>
        <Plural value={problems.length} one="There is # thing to put right" other="There are # things to put right" />
      </p>
      <ul>
        {problems.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`} onClick={(event) => goTo(field, event)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

// Following the link would change the address, and with it the step of the form.
function goTo(field: string, event: { preventDefault(): void }) {
  event.preventDefault()
  const target = document.getElementById(field)
  target?.scrollIntoView({ block: 'center' })
  target?.focus({ preventScroll: true })
}
