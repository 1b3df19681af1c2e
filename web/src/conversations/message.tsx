/** One message that was sent: to whom, when, its words with links that can be followed, and what came with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { MailboxMessage } from '../../../server/conversations/contract.ts'
import { Card } from '../ui/card.tsx'
import { looksOf } from '../ui/button.tsx'
import { sayPhone } from '../ui/house.ts'
import { Icon } from '../ui/icon.tsx'
import { Row } from '../ui/layout.tsx'
import { FactList } from '../ui/lists.tsx'
import { Letter } from './letter.tsx'
import { piecesOf } from './links.ts'
import css from './mailbox.module.css'

interface MessageProps {
  message: MailboxMessage
  /** 'Tuesday, December 1, 9:00 AM EST' */
  sentAt: string
}

export function Message({ message: { channel, recipient, subject, text, html, calendar }, sentAt }: MessageProps) {
  const { t } = useLingui()
  const title = subject ?? t`Text message`
  return (
    <Card as="article" aria-labelledby="message">
      <h2 id="message" className={css.title} tabIndex={-1}>
        {title}
      </h2>
      <FactList
        facts={[
          { name: t`To`, value: channel === 'text' ? sayPhone(recipient) : recipient },
          { name: t`Sent`, value: sentAt },
          { name: t`As`, value: channel === 'text' ? <Trans>Text message</Trans> : <Trans>Email</Trans> },
        ]}
      />
      {calendar && (
        <Row apart>
          <a
            href={`data:text/calendar;charset=utf-8,${encodeURIComponent(calendar)}`}
            download="visit.ics"
            {...looksOf({ variant: 'default', size: 'sm' })}
          >
            <Icon name="calendar" size={20} />
            <Trans>Calendar file (visit.ics)</Trans>
          </a>
        </Row>
      )}
      {html ? (
        <>
          <Letter html={html} title={title} />
          <details className={css.plain}>
            <summary>
              <Trans>The same as plain text</Trans>
            </summary>
            <Words text={text} />
          </details>
        </>
      ) : (
        <Words text={text} />
      )}
    </Card>
  )
}

function Words({ text }: { text: string }) {
  return (
    <p className={css.words}>
      {piecesOf(text).map((piece, at) =>
        piece.href ? (
          <a key={at} href={piece.href} target="_blank" rel="noreferrer">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}
