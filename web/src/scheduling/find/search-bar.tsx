/** The question in one line above its answers, to be changed without going back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import type { CareSearch, Change } from './search.ts'
import css from './search-bar.module.css'

/** Give it a key of the question, so that a new question is shown in it. */
export function SearchBar({ search, change }: { search: CareSearch; change: Change }) {
  const { t } = useLingui()
  const [{ q, near }, set] = useState({ q: search.q ?? '', near: search.near ?? '' })
  const find = (event: FormEvent) => {
    event.preventDefault()
    change({ q: q.trim(), near: near.trim() })
  }
  return (
    <search>
      <form className={css.bar} onSubmit={find} aria-label={t`Find care`}>
        <div className={css.box}>
          <label className={css.label} htmlFor="what">
            <Trans>What or who</Trans>
          </label>
          <input
            id="what"
            type="search"
            value={q}
            maxLength={200}
            enterKeyHint="search"
            placeholder={t`Anything`}
            onChange={(event) => set({ q: event.currentTarget.value, near })}
          />
        </div>
        <div className={css.box}>
          <label className={css.label} htmlFor="where">
            <Trans>Near</Trans>
          </label>
          <input
            id="where"
            value={near}
            maxLength={100}
            autoComplete="postal-code"
            enterKeyHint="search"
            placeholder={t`ZIP or city`}
            onChange={(event) => set({ q, near: event.currentTarget.value })}
          />
        </div>
        <Button type="submit" icon="search">
          <Trans>Search</Trans>
        </Button>
      </form>
    </search>
  )
}
