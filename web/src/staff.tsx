/** What all staff screens stand in: the component library, which no patient page loads. */
import { Outlet } from '@tanstack/react-router'
import { MantineAround } from './ui/mantine/around.tsx'

export function Screen() {
  return (
    <MantineAround>
      <Outlet />
    </MantineAround>
  )
}
