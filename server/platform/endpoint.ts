/** One thing the API can be asked: who may ask it, what it takes, what it gives back. Shared by server and web. */
import { Type, type Static, type TObject, type TSchema } from 'typebox'
import type { Permission } from './permissions.ts'

export interface Endpoint<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  /** One plain sentence for the API's documentation. */
  readonly summary: string
  /** The line of permissions.ts that says who may ask. */
  readonly permission: Permission
  readonly path: P
  readonly query: Q
  readonly body: B
  readonly reply: R
  /** A POST that makes something: an Idempotency-Key header makes a repeated request answer the first one. */
  readonly idempotent: boolean
}

const nothing = Type.Object({}, { additionalProperties: false })
type Nothing = typeof nothing

interface Shape<P, Q, B, R> {
  summary: string
  path?: P
  query?: Q
  body?: B
  reply: R
  idempotent?: boolean
}

/** Describes one endpoint. Unknown fields are refused: give objects `additionalProperties: false` by `object()`. */
export function endpoint<
  R extends TSchema,
  P extends TSchema = Nothing,
  Q extends TSchema = Nothing,
  B extends TSchema = Nothing,
>(line: `${Endpoint['method']} /${string}`, permission: Permission, shape: Shape<P, Q, B, R>): Endpoint<P, Q, B, R> {
  const [method, url] = line.split(' ') as [Endpoint['method'], string]
  const or = <T extends TSchema>(schema: T | undefined) => schema ?? (nothing as unknown as T)
  return {
    method,
    url,
    permission,
    summary: shape.summary,
    path: or(shape.path),
    query: or(shape.query),
    body: or(shape.body),
    reply: shape.reply,
    idempotent: shape.idempotent ?? false,
  }
}

/** An object that refuses fields it does not know. */
export function object<T extends Parameters<typeof Type.Object>[0]>(fields: T): TObject<T> {
  return Type.Object(fields, { additionalProperties: false }) as TObject<T>
}

export const Id = Type.String({ format: 'uuid' })
/** An instant: RFC 3339 with offset or Z. */
export const Moment = Type.String({ format: 'date-time' })
/** A calendar day: YYYY-MM-DD. */
export const Day = Type.String({ format: 'date' })
export const Language = Type.Enum(['en', 'es'])
export type Language = Static<typeof Language>
/** The same thing in each language it has been written in. */
export type Spoken<T> = Partial<Record<Language, T>>

export interface Asked<E extends Endpoint> {
  path: Static<E['path']>
  query: Static<E['query']>
  body: Static<E['body']>
}
export type Reply<E extends Endpoint> = Static<E['reply']>
