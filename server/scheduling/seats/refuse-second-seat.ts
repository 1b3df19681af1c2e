/** Nobody sits twice in one group visit. */
import type { Tx } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import type { OfferingFacts } from '../booking/offering.ts'
import { toInstant } from '../openings/minutes.ts'
import './tables.ts'

interface Sitting {
  organizationId: string
  startMinute: number
  patientId: string
}

/** Call it in the clinician's turn: what is read here stays so until the end of the transaction. Refuses `seat_already`. */
export async function refuseSecondSeat(
  tx: Tx,
  offering: Pick<OfferingFacts, 'id' | 'seats'>,
  { organizationId, startMinute, patientId }: Sitting,
) {
  if (offering.seats === 1) return
  const seat = await tx
    .selectFrom('scheduling.groupSession as g')
    .innerJoin('scheduling.seat as s', (on) =>
      on.onRef('s.organizationId', '=', 'g.organizationId').onRef('s.sessionId', '=', 'g.id'),
    )
    .innerJoin('scheduling.appointment as a', (on) =>
      on.onRef('a.organizationId', '=', 's.organizationId').onRef('a.id', '=', 's.appointmentId'),
    )
    .where('g.organizationId', '=', organizationId)
    .where('g.offeringId', '=', offering.id)
    .where('g.startsAt', '=', toInstant(startMinute))
    .where('a.patientId', '=', patientId)
    .select('s.number')
    .executeTakeFirst()
  if (seat) throw conflict('seat_already', 'There is a seat in this group visit for this patient already.')
}
