/** Who works here: found by name or role, added, given and taken roles, off-boarded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listStaff } from '../../../../server/people/staff/contract.ts'
import { asking } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useProving } from '../account/prove-again.tsx'
import { AddColleague } from './add-colleague.tsx'
import { ColleagueCard, type Colleague } from './colleague-card.tsx'
import { LinkShown, type Link } from './link-shown.tsx'
import { ProveFirst } from './prove-first.tsx'
import { StaffPage, useManages } from './staff-page.tsx'
import { useRoleName } from './role-name.ts'
import css from './staff.module.css'

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listStaff))
  return (
    <StaffPage title={t`Colleagues`} lead={t`Who works here, as what, and by whose word.`} asked={asked}>
      {({ staff }) => <Colleagues staff={staff} refresh={() => asked.refetch()} />}
    </StaffPage>
  )
}

interface ColleaguesProps {
  staff: readonly Colleague[]
  refresh: () => Promise<unknown>
}

function Colleagues({ staff, refresh }: ColleaguesProps) {
  const { t } = useLingui()
  const manages = useManages()
  const proving = useProving()
  const [adding, add] = useState(false)
  // Above the list, so that a list that is read anew does not take it away.
  const [link, show] = useState<Link>()
  const shown = (next: Link) => {
    show(next)
    add(false)
    void refresh()
  }
  return (
    <Stack>
      {manages && <ProveFirst {...proving} />}
      {link && <LinkShown link={link} onKept={() => show(undefined)} />}
      {manages && !adding && (
        <div>
          <Button onClick={() => add(true)}>
            <Trans>Add a colleague</Trans>
          </Button>
        </div>
      )}
      {adding && <AddColleague guarded={proving.guarded} onAdded={shown} onLeft={() => add(false)} />}
      <Found staff={staff} manages={manages} {...{ refresh, guarded: proving.guarded, onLink: shown }} />
      <Hidden as="output">{link ? t`The link is shown above` : ''}</Hidden>
    </Stack>
  )
}

type FoundProps = ColleaguesProps & Omit<Parameters<typeof ColleagueCard>[0], 'colleague'>

function Found({ staff, ...card }: FoundProps) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const [search, type] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const found = staff.filter(({ name, email, roles }) =>
    [name, email, ...roles.map(({ role }) => roleName(role))].some((text) =>
      text?.toLocaleLowerCase().includes(wanted),
    ),
  )
  const [here, left] = [found.filter(({ endedAt }) => !endedAt), found.filter(({ endedAt }) => endedAt)]
  const cards = (some: readonly Colleague[]) => (
    <ul className={css.list}>
      {some.map((colleague) => (
        <ColleagueCard key={colleague.id} colleague={colleague} {...card} />
      ))}
    </ul>
  )
  return (
    <section aria-label={t`Colleagues`}>
      <div className={css.search}>
        <TextField
          name="search"
          label={t`Find a colleague`}
          hint={t`Name, email or role`}
          value={search}
          onChange={type}
          icon="search"
        />
      </div>
      {here.length > 0 && cards(here)}
      {found.length === 0 && (
        <Empty title={t`Nobody here is called that`}>
          <Button variant="default" onClick={() => type('')}>
            <Trans>Show everybody</Trans>
          </Button>
        </Empty>
      )}
      {left.length > 0 && (
        <details className={css.folded}>
          <summary>
            <Trans>Who has left ({left.length})</Trans>
          </summary>
          {cards(left)}
        </details>
      )}
    </section>
  )
}
