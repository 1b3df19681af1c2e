/** The other pages that are a patient's own, each with what it is for. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { listMyAmendments } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/lists.tsx'
import css from './me.module.css'

type Amendments = Reply<typeof listMyAmendments>['amendments']

export function Ways({ amendments }: { amendments: Amendments }) {
  const { t } = useLingui()
  const waiting = amendments.filter(({ answer }) => answer === null).length
  return (
    <>
      <Group id="record-and-me" title={t`About my record`}>
        <Way to="/me/access" name={t`Who opened my record`}>
          <Trans>Every look at it: who, when and why.</Trans>
        </Way>
        <Way to="/me/corrections" name={t`Put something right`}>
          <Trans>Ask to correct what is wrong in your record, and read the answer.</Trans>{' '}
          {waiting > 0 && (
            <Tag>
              <Plural value={waiting} one="# waits for an answer" other="# wait for an answer" />
            </Tag>
          )}
        </Way>
        <Way to="/me/disclosures" name={t`To whom it was given`}>
          <Trans>When something of it went to others.</Trans>
        </Way>
        <Way to="/me/needs" name={t`What helps me at a visit`}>
          <Trans>Access, hearing, sight, an interpreter, more time.</Trans>
        </Way>
        <Way to="/me/consents" name={t`What I allow`}>
          <Trans>Research, teaching, news to your family: you decide.</Trans>
        </Way>
      </Group>
      <Group id="family" title={t`Family and people I trust`}>
        <Way to="/me/family" name={t`Act for each other`}>
          <Trans>For whom you may act, and who may act for you.</Trans>
        </Way>
      </Group>
      <Group id="account-and-apps" title={t`My account`}>
        <Way to="/connect" name={t`Connected apps`}>
          <Trans>Apps that you let in, and how to end that.</Trans>
        </Way>
        <Way to="/account" name={t`Sign-in and security`}>
          <Trans>Passkeys, password, and where you are signed in.</Trans>
        </Way>
      </Group>
    </>
  )
}

function Group({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card as="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className={css.ways}>{children}</ul>
    </Card>
  )
}

function Way({ to, name, children }: { to: NonNullable<LinkProps['to']>; name: string; children: ReactNode }) {
  return (
    <li>
      <Link to={to} className={css.way}>
        {name}
      </Link>
      <span className={css.soft}>{children}</span>
    </li>
  )
}
