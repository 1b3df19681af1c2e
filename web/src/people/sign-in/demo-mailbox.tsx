/** Nothing leaves a demo clinic: its messages are all in one place. */
import { Trans } from '@lingui/react/macro'
import { useHouse } from '../../ui/house.ts'
import { Notice } from '../../ui/notice.tsx'

export function DemoMailbox() {
  const { demo } = useHouse()
  if (!import.meta.env.DEV && !demo) return null
  return (
    <Notice>
      <p>
        <Trans>
          This is a demo: nothing is really sent.{' '}
          <a href="/dev/mailbox" target="_blank" rel="noreferrer">
            Read the code in the demo mailbox
          </a>{' '}
          (opens a new tab).
        </Trans>
      </p>
    </Notice>
  )
}
