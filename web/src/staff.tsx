/** What all staff screens stand in: who is there, where they may go, a screen that locks; and the component library. */
import { Outlet } from '@tanstack/react-router'
import { WorkFrame } from './people/work/frame.tsx'
import { MantineAround } from './ui/mantine/around.tsx'

export function Screen() {
  return (
    <MantineAround>
      <WorkFrame>
        <Outlet />
      </WorkFrame>
    </MantineAround>
  )
}
