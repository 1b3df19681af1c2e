/** The bar of every staff screen: whose clinic, where this role works, who is signed in and as what, the lock. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { signOut, switchRole, type sessionRoles } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { useHouse } from '../../ui/house.ts'
import { Mark } from '../../ui/icon.tsx'
import { useKeys } from '../../ui/keys.ts'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { roleWords } from '../roles.ts'
import { homeOf, useForget, type Session } from '../session.ts'
import { placesOf } from './places.ts'
import css from './work.module.css'

interface BarProps {
  session: Session
  onLock: () => void
}

export function Bar({ session, onLock }: BarProps) {
  const { t, i18n } = useLingui()
  const { name } = useHouse()
  useKeys({ l: onLock })
  return (
    <header className={css.bar}>
      <a className={css.skip} href="#main">
        <Trans>Skip to the page</Trans>
      </a>
      <span className={css.house}>
        <Mark size={24} />
        <span>{name}</span>
      </span>
      <nav className={css.places} aria-label={t`Places`}>
        {placesOf(session.role).map((place) => (
          <Link key={place.to} to={place.to} className={css.tool}>
            {i18n._(place.name)}
          </Link>
        ))}
      </nav>
      <span className={css.end}>
        <LanguageSwitch />
        <Role session={session} />
        <button type="button" className={css.tool} aria-keyshortcuts="L" title={t`Key L`} onClick={onLock}>
          <Trans>Lock</Trans>
        </button>
        <SignOut />
      </span>
    </header>
  )
}

/** Who has several roles works in one at a time. */
function Role({ session: { name, role, roles } }: Pick<BarProps, 'session'>) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const forget = useForget()
  const word = (one: string) => (roleWords[one] ? i18n._(roleWords[one]) : one)
  const switching = useMutation({
    mutationFn: (next: (typeof sessionRoles)[number]) => call(switchRole, { body: { role: next } }),
    onSuccess: async (reply) => {
      await forget()
      await navigate({ to: homeOf(reply.role) })
    },
  })
  return (
    <>
      <Link to="/account" className={css.tool} title={t`My account`}>
        {name}
      </Link>
      {roles.length > 1 ? (
        <select
          className={css.tool}
          aria-label={t`Work as`}
          value={role}
          disabled={switching.isPending}
          onChange={(event) => {
            const next = roles.find((one) => one === event.currentTarget.value)
            if (next) switching.mutate(next)
          }}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {word(one)}
            </option>
          ))}
        </select>
      ) : (
        <span className={css.role}>{word(role)}</span>
      )}
    </>
  )
}

function SignOut() {
  const queries = useQueryClient()
  const leaving = useMutation({
    mutationFn: () => call(signOut, { body: {} }),
    onSuccess: () => {
      queries.clear()
      location.assign('/sign-in')
    },
  })
  return (
    <button type="button" className={css.tool} onClick={() => leaving.mutate()}>
      <Trans>Sign out</Trans>
    </button>
  )
}
