/** What is answered about rooms, devices and interpreters: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { closeResource } from './close-resource.ts'
import * as contract from './contract.ts'
import { listLosing, previewClosure } from './losing.ts'
import { keepNeeds, keepResource, listResources } from './manage-resources.ts'
import { reopenResource } from './reopen-resource.ts'
import { replaceResource } from './replace-resource.ts'

export function resources(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.listResources, ({ actor }) => listResources(context, actor))
  serve(contract.saveResource, async ({ actor, body: { placeId, ...facts } }) => ({
    id: await keepResource(context, actor, { ...facts, locationId: placeId }),
  }))
  serve(contract.setVisitNeeds, async ({ actor, body }) => ({ visitTypeId: await keepNeeds(context, actor, body) }))
  serve(contract.closeResource, ({ actor, path, body }) => closeResource(context, actor, { ...body, id: path.id }))
  serve(contract.previewClosure, ({ actor, path, query: { language = 'en', ...part } }) =>
    previewClosure(context, actor, path.id, { ...part, language }),
  )
  serve(contract.listLosing, ({ actor, query }) => listLosing(context, actor, query.language ?? 'en'))
  serve(contract.replaceResource, ({ actor, path, body }) =>
    replaceResource(context, actor, path.id, body.appointmentId),
  )
  serve(contract.reopenResource, async ({ actor, path }) => {
    await reopenResource(context, actor, path.id)
    return { id: path.id }
  })
}
