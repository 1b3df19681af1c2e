/** Small steps of the build: contracts shrink to addresses, the app is fetched beside the entry, text files are compressed ahead of time. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const shrink = { br: promisify(brotliCompress), gz: promisify(gzip) }
const smallest = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }

/** Writes `file.br` and `file.gz` beside each script, style, page and picture of 1 kB or more. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const texts = Object.values(bundle).filter((file) => /\.(js|css|html|svg|json)$/.test(file.fileName))
      await Promise.all(
        texts.map(async (file) => {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          if (bytes.length < 1024) return
          await writeFile(join(dir, `${file.fileName}.br`), await shrink.br(bytes, smallest))
          await writeFile(join(dir, `${file.fileName}.gz`), await shrink.gz(bytes, { level: 9 }))
        }),
      )
    },
  }
}

/** Leaves of every `endpoint('GET /...', ...)` of a contract what a page uses of it: the method and the url. */
export function onlyAddresses(): Plugin {
  return {
    name: 'only-addresses',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\/server\/.*contract\.ts$/ },
      handler(code) {
        const ends: [from: number, to: number, text: string][] = []
        for (const node of this.parse(code).body) {
          const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node
          if (declared?.type !== 'VariableDeclaration') continue
          for (const { init } of declared.declarations) {
            if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'endpoint')
              continue
            const [line] = init.arguments
            if (line?.type !== 'Literal' || typeof line.value !== 'string')
              throw new Error('an endpoint does not begin with its method and url')
            const [method, url] = line.value.split(' ')
            ends.push([init.start, init.end, JSON.stringify({ method, url })])
          }
        }
        return {
          code: ends.reduceRight((text, [from, to, by]) => text.slice(0, from) + by + text.slice(to), code),
          map: null,
        }
      },
    },
  }
}

/** Tells the browser about the app's scripts in the page itself, so that they and the entry come in one round trip. */
export function preloadApp(): Plugin {
  return {
    name: 'preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
        const app = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/src/app.tsx'))
        if (!app) throw new Error('src/app.tsx is not a chunk of its own any more: change preloadApp or remove it')
        const link = (attrs: Record<string, string | boolean>) => ({ tag: 'link', attrs, injectTo: 'head' as const })
        const script = (file: string) => link({ rel: 'modulepreload', crossorigin: true, href: `/${file}` })
        const style = (file: string) => link({ rel: 'stylesheet', crossorigin: true, href: `/${file}` })
        const pieces = [app, ...chunks.filter((chunk) => app.imports.includes(chunk.fileName))]
        const styles = pieces.flatMap((piece) => [...(piece.viteMetadata?.importedCss ?? [])])
        return [...styles.map(style), ...pieces.map((piece) => script(piece.fileName))]
      },
    },
  }
}
