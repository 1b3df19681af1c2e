/** One page: its title, what it is about in a sentence, and its content. */
import type { ReactNode } from 'react'
import { useArrival } from './arrival.ts'
import css from './page.module.css'

interface PageProps {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  /** Above the title: a StepHeader, a BackLink. */
  above?: ReactNode
  /** `narrow` for questions and forms, `wide` for lists. */
  width?: 'narrow' | 'wide'
  children?: ReactNode
}

/** The column that text and lists keep to. */
export function Measure({ width, children }: { width: 'narrow' | 'wide'; children: ReactNode }) {
  return (
    <div className={css.measure} data-width={width}>
      {children}
    </div>
  )
}

/** Changing the title moves the focus to it, as a step of a form does. */
export function Page({ title, lead, above, width = 'narrow', children }: PageProps) {
  return (
    <Measure width={width}>
      {above}
      <h1 ref={useArrival(title)} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className={css.lead}>{lead}</p>}
      <div className={css.content}>{children}</div>
    </Measure>
  )
}

/** The front page: the same, with its title on a deep ground and what matters most lying half on it. */
export function FrontPage({ title, lead, top, children }: Omit<PageProps, 'above' | 'width'> & { top: ReactNode }) {
  return (
    <>
      <div className={css.hero}>
        <Measure width="wide">
          <h1 ref={useArrival(title)} tabIndex={-1} className={css.heroTitle}>
            {title}
          </h1>
          {lead && <p className={css.heroLead}>{lead}</p>}
        </Measure>
      </div>
      <Measure width="wide">
        <div className={css.top}>{top}</div>
        <div className={css.content}>{children}</div>
      </Measure>
    </>
  )
}
