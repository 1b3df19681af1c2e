/** Which insurance plan: one list of all plans under their insurers. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listPlans } from '../../../../server/coverage/contract.ts'
import { asking } from '../../call.ts'
import { SelectField } from '../../ui/field.tsx'

/** Payers with their plans; empty until they are known. They change seldom: asked once. */
export function usePlans() {
  return useQuery({ ...asking(listPlans), staleTime: Infinity }).data?.payers ?? []
}

/** 'Bay Mutual: Choice PPO' of a plan's id; undefined until it is known. */
export function usePlanName(planId: string | undefined): string | undefined {
  for (const payer of usePlans()) {
    const plan = payer.plans.find(({ id }) => id === planId)
    if (plan) return `${payer.name}: ${plan.name}`
  }
  return undefined
}

interface PlanFieldProps {
  name: string
  /** A plan's id, or '' for none. */
  value: string
  onChange: (planId: string) => void
  hint?: ReactNode
  optional?: boolean
  /** Says with each plan how many results it would leave. */
  counted?: (plans: { value: string; label: string }[]) => { value: string; label: string }[]
}

/** No plan is a good answer too. */
export function PlanField({ counted = (plans) => plans, ...props }: PlanFieldProps) {
  const { t } = useLingui()
  const groups = usePlans().map((payer) => ({
    group: payer.name,
    items: counted(payer.plans.map(({ id, name }) => ({ value: id, label: name }))),
  }))
  return (
    <SelectField
      label={t`Insurance plan`}
      options={[{ value: '', label: t`No plan, or not sure` }, ...groups]}
      {...props}
    />
  )
}
