/** What the demo clinic has sent: nothing leaves this machine, so that everybody can read it here. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { readMailbox, type MailboxMessage } from '../../../server/conversations/contract.ts'
import { asking } from '../call.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { Empty } from '../ui/empty.tsx'
import { sayPhone, useHouse } from '../ui/house.ts'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { Page } from '../ui/page.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { wallTime } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { Message } from './message.tsx'
import css from './mailbox.module.css'

const route = getRouteApi('/patient/dev/mailbox')

/** Somebody is waiting for a code: new messages appear by themselves. */
const everyFewSeconds = 4_000

export function Screen() {
  const { t } = useLingui()
  const { message: wanted } = route.useSearch()
  const { data, error, refetch } = useQuery({ ...asking(readMailbox), refetchInterval: everyFewSeconds, staleTime: 0 })
  const messages = data?.messages
  const open = messages?.find(({ id }) => id === wanted)
  return (
    <Page
      width="wide"
      title={t`Mailbox`}
      lead={t`Emails and texts of the demo clinic. They are not really sent; you can read them here.`}
    >
      {error && <Refusal error={error} onAgain={() => void refetch()} />}
      {!messages && !error && <Loading cards={3} />}
      {messages?.length === 0 && <NothingYet />}
      {messages && messages.length > 0 && (
        <div className={css.columns} data-open={open && ''}>
          <nav aria-label={t`Messages, newest first`}>
            <ul className={css.list}>
              {messages.map((message) => (
                <Entry key={message.id} message={message} current={message === open} />
              ))}
            </ul>
          </nav>
          <div>{open ? <Opened message={open} /> : <Choose />}</div>
        </div>
      )}
    </Page>
  )
}

/** 'Tuesday, December 1, 9:00 AM EST', on the clinic's wall. */
function useSaid() {
  const { zone } = useHouse()
  const language = useLanguage()
  return (instant: string) => {
    const { day, time, zone: name } = wallTime(instant, zone, language)
    return `${day}, ${time} ${name}`
  }
}

function Entry({ message, current }: { message: MailboxMessage; current: boolean }) {
  const { t } = useLingui()
  const { id, channel, recipient, subject, text, storedAt } = message
  const said = useSaid()
  return (
    <li>
      <Link
        to="/dev/mailbox"
        search={{ message: id }}
        resetScroll={false}
        className={css.entry}
        aria-current={current || undefined}
      >
        <span className={css.channel}>
          <Icon name={channel === 'text' ? 'speech' : 'letter'} size={20} />
          {channel === 'text' ? t`Text message` : t`Email`}
        </span>
        <span className={css.subject}>{subject ?? text.split('\n')[0]}</span>
        <span className={css.soft}>
          {channel === 'text' ? sayPhone(recipient) : recipient}
          <br />
          <time dateTime={storedAt}>{said(storedAt)}</time>
        </span>
      </Link>
    </li>
  )
}

/** The focus goes to the message that was chosen; on a phone it stands alone, with the way back above it. */
function Opened({ message }: { message: MailboxMessage }) {
  const place = useRef<HTMLDivElement>(null)
  const said = useSaid()
  useEffect(() => {
    place.current?.focus({ preventScroll: true })
    if (matchMedia('(max-width: 61.99rem)').matches) place.current?.scrollIntoView()
  }, [message.id])
  return (
    <div ref={place} tabIndex={-1} data-quiet-focus>
      <Link to="/dev/mailbox" search={{}} className={css.back}>
        <Icon name="back" size={20} />
        <Trans>All messages</Trans>
      </Link>
      <Message key={message.id} message={message} sentAt={said(message.storedAt)} />
    </div>
  )
}

const Choose = () => (
  <p className={css.choose}>
    <Trans>Choose a message to read it.</Trans>
  </p>
)

function NothingYet() {
  const { t } = useLingui()
  return (
    <Empty icon="letter" title={t`No messages yet`}>
      <p>
        <Trans>Codes, confirmations and reminders appear here by themselves as soon as there are any.</Trans>
      </p>
      <ButtonLink to="/">
        <Trans>Book a visit</Trans>
      </ButtonLink>
    </Empty>
  )
}
