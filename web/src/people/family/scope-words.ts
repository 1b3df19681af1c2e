/** What somebody may do for another, in plain words, and how things stand. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { GrantView } from '../../../../server/people/proxies/contract.ts'

export type Scope = GrantView['scopes'][number]
export const allScopes: readonly Scope[] = ['book', 'messages', 'bills', 'results']

/** Each completes 'They may ...'. */
export const scopeWords: Readonly<Record<Scope, MessageDescriptor>> = {
  book: msg`book, move and cancel visits`,
  messages: msg`read and write messages to the clinic`,
  bills: msg`see and pay bills`,
  results: msg`see results and the record`,
}

export const basisWords: Readonly<Record<GrantView['basis'], MessageDescriptor>> = {
  parent: msg`as a parent`,
  guardian: msg`as a guardian`,
  attorney: msg`with a power of attorney`,
  chosen: msg`because they asked for it`,
}

export const stateWords: Readonly<Record<GrantView['state'], MessageDescriptor>> = {
  invited: msg`Invited, not accepted yet`,
  standing: msg`May act for you`,
  ended: msg`Ended`,
  blocked: msg`Ended`,
}
