/** What an administrator does about others asks once more who is there: the question, with the ways of this account. */
import { useQuery } from '@tanstack/react-query'
import { readAccount } from '../../../../server/people/account/contract.ts'
import { asking } from '../../call.ts'
import { ProveAgain, type useProving } from '../account/prove-again.tsx'

export function ProveFirst(proving: ReturnType<typeof useProving>) {
  const { data } = useQuery(asking(readAccount))
  return (
    <ProveAgain
      waiting={proving.waiting}
      settle={proving.settle}
      hasPasskey={(data?.passkeys.length ?? 0) > 0}
      hasPassword={data?.password ?? false}
      hasTotp={data?.totp ?? false}
    />
  )
}
