/** Holds the place of what is still on its way, in its shape, and says so once to a screen reader. */
import { Trans } from '@lingui/react/macro'
import { Container, Skeleton, Stack, VisuallyHidden } from '@mantine/core'

/** So many card shapes; `page` adds the shape of a title. */
export function Loading({ cards = 2, page = false }: { cards?: number; page?: boolean }) {
  const shapes = (
    <Stack gap="lg" aria-hidden="true">
      {page && <Skeleton height={44} width="60%" />}
      {Array.from({ length: cards }, (_, i) => (
        <Skeleton key={i} height={148} radius={20} />
      ))}
    </Stack>
  )
  return (
    <>
      <VisuallyHidden component="output">
        <Trans>Loading</Trans>
      </VisuallyHidden>
      {page ? <Container size="42rem">{shapes}</Container> : shapes}
    </>
  )
}
