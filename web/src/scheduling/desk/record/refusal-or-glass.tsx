/** A refusal at the desk; where a record is closed to who asks, the way to open it for a reason. */
import { Refused } from '../../../call.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { BreakGlass } from './break-glass.tsx'

interface RefusalOrGlassProps {
  error: unknown
  /** Whose record it is about. */
  patientId: string | undefined
  /** Once it is open: ask again. */
  onOpened: () => void
}

export function RefusalOrGlass({ error, patientId, onOpened }: RefusalOrGlassProps) {
  const isClosed = error instanceof Refused && error.code === 'break_glass_needed'
  if (isClosed && patientId !== undefined) return <BreakGlass patientId={patientId} onBroken={onOpened} />
  return <Refusal error={error} />
}
