/** The day's columns, one a clinician. One stop for Tab; the arrows walk the pieces, Enter opens one in the panel. */
import { Trans, useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '@mantine/core'
import { useRef, type KeyboardEvent } from 'react'
import { clinicNow } from '../../call.ts'
import { noSupport, useSupportWords } from '../../people/support/words.ts'
import { Initials } from '../../ui/initials.tsx'
import { clock, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import { dragOf, dropOf } from './drop.ts'
import { beside, type Column, type Page, type Piece } from './lay-out.ts'
import type { Shown } from './panel.tsx'
import pieceCss from './piece.module.css'

/** Height of a minute, in px. */
const scale = 2

interface ColumnsProps {
  page: Page
  zone: string
  shown: Shown
  onShow: (shown: Shown) => void
}

export function Columns({ page, zone, shown, onShow }: ColumnsProps) {
  const language = useLanguage()
  const grid = useRef<HTMLDivElement>(null)
  const minutes = (page.last - page.first) / 60_000
  const hours = Array.from({ length: minutes / 60 + 1 }, (_, hour) => page.first + hour * 3_600_000)
  const now = clinicNow()
  const drop = ({ clinician }: Column, { startsAt, endsAt, kind }: Piece) =>
    kind === 'free'
      ? dropOf((entry, { clientY, currentTarget }) => {
          const down = (clientY - currentTarget.getBoundingClientRect().top) / scale
          const near = new Date(Date.parse(startsAt) + down * 60_000).toISOString()
          const free = { from: startsAt, until: endsAt, near }
          const to = { clinicianId: clinician.id, day: dayOf(startsAt, zone), free }
          onShow({ kind: 'visit', entry, pieceKey: entry.id, drop: to })
        })
      : {}
  const current = 'pieceKey' in shown ? shown.pieceKey : undefined
  const firstKey = page.columns.flatMap(({ column, pieces }) => pieces.map((piece) => idOf(column, piece)))[0]

  const walk = (event: KeyboardEvent, at: { column: number; piece: number }) => {
    const { pieces } = page.columns[at.column] ?? { pieces: [] }
    const from = pieces[at.piece]?.from ?? 0
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = side ? page.columns[at.column + side] : page.columns[at.column]
    const piece = side ? next && beside(next.pieces, from) : pieces[stepTo(event.key, at.piece, pieces.length)]
    if (!next || !piece) return
    event.preventDefault()
    grid.current?.querySelector<HTMLButtonElement>(`[data-key="${CSS.escape(idOf(next.column, piece))}"]`)?.focus()
  }

  return (
    <div className={css.grid} ref={grid}>
      <div className={css.axis} aria-hidden="true">
        <div className={css.hours} style={{ blockSize: minutes * scale }}>
          {hours.map((at) => (
            <span key={at} className={css.hour} style={{ insetBlockStart: ((at - page.first) / 60_000) * scale }}>
              {clock(new Date(at).toISOString(), zone, language)}
            </span>
          ))}
        </div>
      </div>
      {page.columns.map(({ column, pieces }, columnAt) => (
        <section key={column.clinician.id} className={css.column} aria-label={column.clinician.name}>
          <h2 className={css['who-works']}>
            <Initials id={column.clinician.id} initials={column.clinician.initials} size={36} />
            {column.clinician.name}
          </h2>
          <div className={css.pieces} style={{ blockSize: minutes * scale }}>
            {now > page.first && now < page.last && (
              <div className={css.now} style={{ insetBlockStart: ((now - page.first) / 60_000) * scale }} />
            )}
            {pieces.map((piece, pieceAt) => (
              <PieceButton
                key={piece.key}
                piece={piece}
                zone={zone}
                id={idOf(column, piece)}
                reachable={(current ?? firstKey) === idOf(column, piece)}
                pressed={current === idOf(column, piece)}
                onWalk={(event) => walk(event, { column: columnAt, piece: pieceAt })}
                onOpen={() => onShow(shownFor(column, piece))}
                drag={{
                  ...drop(column, piece),
                  ...(piece.entry?.kind === 'appointment' && !piece.group && dragOf(piece.entry)),
                }}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

const idOf = (column: Column, piece: Piece) => `${column.clinician.id} ${piece.key}`

function stepTo(key: string, at: number, length: number): number {
  return key === 'ArrowDown'
    ? at + 1
    : key === 'ArrowUp'
      ? at - 1
      : key === 'Home'
        ? 0
        : key === 'End'
          ? length - 1
          : -1
}

function shownFor(column: Column, piece: Piece): Shown {
  const pieceKey = idOf(column, piece)
  if (piece.group && piece.entry) return { kind: 'group', column, entry: piece.entry, pieceKey }
  if (piece.entry?.kind === 'appointment') return { kind: 'visit', entry: piece.entry, pieceKey }
  if (piece.entry?.kind === 'block')
    return { kind: 'block', column, entry: piece.entry, from: piece.startsAt, pieceKey }
  return { kind: 'book', column, from: piece.startsAt, pieceKey }
}

interface PieceProps {
  piece: Piece
  zone: string
  id: string
  reachable: boolean
  pressed: boolean
  onWalk: (event: KeyboardEvent) => void
  onOpen: () => void
  /** What may be dragged away or dropped here. */
  drag: Partial<ReturnType<typeof dragOf> & ReturnType<typeof dropOf>>
}

function PieceButton({ piece, zone, id, reachable, pressed, onWalk, onOpen, drag }: PieceProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { entry, kind, group, side } = piece
  const from = clock(piece.startsAt, zone, language)
  const until = clock(piece.endsAt, zone, language)
  const needs = useSupportWords()(entry?.support ?? noSupport)
  const what =
    kind === 'free'
      ? t`Free`
      : kind === 'hold'
        ? t`Being booked`
        : kind === 'block'
          ? (entry?.reason ?? t`Blocked`)
          : group
            ? t`Group: ${group.length} of ${entry?.session?.seats ?? 0}`
            : (entry?.patient?.name ?? '')
  return (
    <button
      type="button"
      className={pieceCss.piece}
      data-kind={kind}
      data-narrow={side !== undefined}
      data-key={id}
      tabIndex={reachable ? 0 : -1}
      aria-pressed={pressed}
      style={{
        insetBlockStart: piece.from * scale,
        blockSize: Math.max((piece.until - piece.from) * scale - 2, 20),
        ...(side && { insetInlineStart: `${(100 * side.at) / side.of}%`, inlineSize: `${100 / side.of}%` }),
      }}
      onKeyDown={onWalk}
      onClick={onOpen}
      {...drag}
    >
      <span>
        {from} {what}
      </span>
      {entry?.overbooked && (
        <strong>
          <Trans>Overbooked</Trans>
        </strong>
      )}
      {entry?.visitType && <span>{entry.visitType}</span>}
      {needs.length > 0 && <strong>{needs.join(' · ')}</strong>}
      <VisuallyHidden>{t`until ${until}`}</VisuallyHidden>
    </button>
  )
}
