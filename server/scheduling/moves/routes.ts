/** What is answered when a clinician is away: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { keepClinicMove, readClinicMove } from './clinic-move.ts'
import { confirmBulkMove } from './confirm.ts'
import * as contract from './contract.ts'
import { decideMove, listMoveChoices } from './decide.ts'
import { listBulkMoves, readBulkMove } from './read-moves.ts'
import { startBulkMove } from './start-move.ts'

export function moves(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.startBulkMove, ({ actor, body, requestKey }) => startBulkMove(context, actor, body, requestKey))
  serve(contract.listBulkMoves, ({ actor }) => listBulkMoves(context, actor))
  serve(contract.readBulkMove, ({ actor, path, query }) =>
    readBulkMove(context, actor, path.id, query.language ?? 'en'),
  )
  serve(contract.listMoveChoices, ({ actor, path }) => listMoveChoices(context, actor, path.id, path.appointmentId))
  serve(contract.decideMove, async ({ actor, path, body }) => {
    await decideMove(context, actor, path, body)
    return { appointmentId: path.appointmentId }
  })
  serve(contract.confirmBulkMove, ({ actor, path }) => confirmBulkMove(context, actor, path.id))
  serve(contract.readClinicMove, ({ actor, path }) => readClinicMove(context, actor, path.id))
  serve(contract.keepClinicMove, ({ actor, path }) => keepClinicMove(context, actor, path.id))
}
