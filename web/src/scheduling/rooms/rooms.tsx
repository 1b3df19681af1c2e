/** Rooms, devices and interpreters: which visits lose theirs because it is closed, and all there are. */
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listResources } from '../../../../server/scheduling/resources/contract.ts'
import { asking, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useMay } from '../rules/use-may.ts'
import { Losing } from './losing.tsx'
import { ResourceCard } from './resource-card.tsx'
import { ResourceForm } from './resource-form.tsx'
import css from './rooms.module.css'
import type { Resource } from './room-words.ts'

const groups = [
  { kind: 'room', name: msg`Rooms` },
  { kind: 'device', name: msg`Devices` },
  { kind: 'interpreter', name: msg`Interpreters` },
] as const

export function Screen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(asking(listResources))
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Rooms, devices and interpreters`}
      lead={t`A visit is offered only when all that it needs is free.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      <Stack>
        <Losing />
        {data && <Found resources={data.resources} />}
      </Stack>
    </Page>
  )
}

function Found({ resources }: { resources: readonly Resource[] }) {
  const { t, i18n } = useLingui()
  const [adding, add] = useState(false)
  const changes = useMay()
  return (
    <Stack>
      {changes && !adding && (
        <div>
          <Button onClick={() => add(true)}>
            <Trans>Add one</Trans>
          </Button>
        </div>
      )}
      {adding && (
        <Card as="section" aria-labelledby="new-resource">
          <h2 id="new-resource">
            <Trans>A new room, device or interpreter</Trans>
          </h2>
          <ResourceForm onDone={() => add(false)} />
        </Card>
      )}
      {resources.length === 0 && (
        <Empty icon="check" title={t`There is nothing here yet`}>
          <Trans>Visits need only their clinician. Add a room, and say which visits need one.</Trans>
        </Empty>
      )}
      {groups.map(({ kind, name }) => {
        const some = resources.filter((one) => one.kind === kind)
        return (
          some.length > 0 && (
            <section key={kind} aria-labelledby={`all-${kind}`}>
              <h2 id={`all-${kind}`}>{i18n._(name)}</h2>
              <ul className={css.list}>
                {some.map((one) => (
                  <ResourceCard key={one.id} resource={one} changes={changes} />
                ))}
              </ul>
            </section>
          )
        )
      })}
    </Stack>
  )
}
