/** What people answers about records that open only to those who care. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { server } from '../../platform/serve.ts'
import { changeAccessRules, readAccessRules } from '../access-rules.ts'
import { breakTheGlass } from './break-the-glass.ts'
import { setCareTeam, setRecordFlag } from './care-team.ts'
import * as contract from './contract.ts'
import { showCareTeam } from './show-care-team.ts'
import { listBrokenGlass, reviewBrokenGlass } from './review.ts'

export function glass(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.breakGlass, ({ actor, path, body }) => breakTheGlass(context, actor, path.id, body))
  serve(contract.listBrokenGlass, async ({ actor }) => ({ broken: await listBrokenGlass(context, actor) }))
  serve(contract.reviewBrokenGlass, async ({ actor, path, body }) => {
    await reviewBrokenGlass(context, actor, path.id, body)
    return { id: path.id }
  })
  serve(contract.showCareTeam, ({ actor, path }) => showCareTeam(context, actor, path.id))
  serve(contract.setCareTeam, async ({ actor, path, body }) => {
    await setCareTeam(context, actor, path.id, body)
    return { id: path.id }
  })
  serve(contract.setRecordFlag, async ({ actor, path, body }) => {
    await setRecordFlag(context, actor, path.id, body)
    return { id: path.id }
  })
  serve(contract.showAccessRules, ({ actor }) =>
    within(context.db, actor, (tx) => readAccessRules(tx, actor.organizationId)),
  )
  serve(contract.changeAccessRules, ({ actor, body }) => changeAccessRules(context, actor, body))
}
