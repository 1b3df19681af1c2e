/** When a visit is: the place's wall clock with its zone, and the reader's own clock where it differs. */
import { Trans } from '@lingui/react/macro'
import { bothWalls } from './time.ts'
import { useLanguage } from './use-language.ts'
import css from './clinic-time.module.css'

interface ClinicTimeProps {
  /** ISO instant. */
  at: string
  /** IANA, of the place. */
  zone: string
  /** A visit by video happens where the reader is: both clocks are shown. */
  video?: boolean
}

/** 'Tuesday, November 24, 9:30 AM EST'; a reader elsewhere also reads 'On your clock: 8:30 AM CST'. */
export function ClinicTime({ at, zone, video = false }: ClinicTimeProps) {
  const { there, here } = bothWalls(at, zone, useLanguage())
  return (
    <span className={css.when}>
      <time dateTime={at}>
        {there.day}, {there.time} {there.zone}
      </time>
      {here && (
        <span className={css.here}>
          {here.date === there.date ? (
            <Trans>On your clock: {`${here.time} ${here.zone}`}</Trans>
          ) : (
            <Trans>On your clock: {`${here.day}, ${here.time} ${here.zone}`}</Trans>
          )}
          {!video && (
            <>
              {' '}
              <Trans>(come at the clinic’s time)</Trans>
            </>
          )}
        </span>
      )}
    </span>
  )
}
