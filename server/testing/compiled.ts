/** Schemas for worlds: compiled when something is asked first, and once a process. The product compiles all of them at start. */
import { openHttp, type HttpOptions } from '../platform/http.ts'

type Compilers = NonNullable<HttpOptions['compilers']>

let compilers: Promise<Compilers> | undefined

/** The framework's own compilers, set as the product sets them. */
export function lazyCompilers(): Promise<Compilers> {
  return (compilers ??= makeCompilers())
}

async function makeCompilers(): Promise<Compilers> {
  const config = { production: false, publicUrl: 'http://localhost', trustProxyHops: 0, logLevel: 'silent' } as const
  const http = await openHttp({ config, whoIs: () => Promise.reject(new Error('nobody asks here')) })
  const any = { type: 'object' }
  const schema = { body: any, response: { '2xx': any } }
  http.route({ method: 'POST', url: '/', config: { permission: 'session.use' }, schema, handler: () => ({}) })
  await http.ready()
  const { validatorCompiler, serializerCompiler } = http
  if (!validatorCompiler || !serializerCompiler) throw new Error('the framework has no compilers')
  return { validator: onceEach(validatorCompiler), serializer: onceEach(serializerCompiler) }
}

/** Contracts are the same objects in every world: what one of them was compiled to is good for all. */
function onceEach<Asked extends { schema: unknown }, Given, Answer>(
  compile: (asked: Asked) => (given: Given) => Answer,
): (asked: Asked) => (given: Given) => Answer {
  const known = new WeakMap<object, (given: Given) => Answer>()
  return (asked) => {
    const key = asked.schema as object
    return function compiled(given) {
      let made = known.get(key)
      if (!made) known.set(key, (made = compile(asked)))
      const answer = made(given)
      // What a validator found wrong, it says on itself.
      Object.assign(compiled, { errors: (made as { errors?: unknown }).errors })
      return answer
    }
  }
}
