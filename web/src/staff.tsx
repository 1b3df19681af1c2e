/** The front desk's screen with the component library around it, which no patient page loads. */
import { Screen as Desk } from './scheduling/desk/desk.tsx'
import { MantineAround } from './ui/mantine/around.tsx'

export function Screen() {
  return (
    <MantineAround>
      <Desk />
    </MantineAround>
  )
}
