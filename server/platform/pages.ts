/** Serves the built web pages: only files that the build made, every other page address gets the one page there is. */
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fastifyStatic from '@fastify/static'
import { notFound } from './errors.ts'

/** `folder`: what `vite build` wrote. Files under assets/ carry a hash of their content in their name. */
export async function pages(http: FastifyInstance, folder: string) {
  const files = new Set(globSync('**/*', { cwd: folder }).map((path) => `/${path.replaceAll('\\', '/')}`))
  await http.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, decorateReply: true })
  http.get('/*', { config: { permission: 'public.read' }, logLevel: 'warn' }, (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (files.has(path) && /\.\w+$/.test(path)) return send(reply, path)
    if (/^\/(api|fhir)\//.test(path) || /\.\w+$/.test(path)) throw notFound('page')
    return send(reply, '/index.html')
  })

  function send(reply: FastifyReply, path: string) {
    const forever = path.startsWith('/assets/')
    reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    return reply.sendFile(path.slice(1), folder, { cacheControl: false })
  }
}

/** Whether the pages were never built, or something they are made of is newer. */
export function areStale(folder: string): boolean {
  const built = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })
  if (!built) return true
  const sources = globSync(['web/*.{ts,html}', 'web/src/**/*', 'web/public/**/*', 'server/**/contract.ts'], {
    cwd: root,
  })
  return sources.some((path) => statSync(join(root, path)).mtimeMs > built.mtimeMs)
}

const root = join(import.meta.dirname, '../..')

/** Where the build puts the pages. */
export const webFolder = join(import.meta.dirname, '../../web/dist')
