/** The frame that all patient screens stand in. */
import { Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useClinic } from './people/clinic.ts'
import { HouseContext } from './ui/house.ts'
import { Shell } from './ui/shell.tsx'

/** Gives every screen its clinic. */
export function Frame({ children }: { children?: ReactNode }) {
  return (
    <HouseContext value={useClinic()}>
      <Shell>{children ?? <Outlet />}</Shell>
    </HouseContext>
  )
}
