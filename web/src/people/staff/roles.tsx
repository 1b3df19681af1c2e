/** What each role may do, read from the table that the server goes by: never a copy that could be wrong. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listRoles } from '../../../../server/people/staff/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { SelectField } from '../../ui/field.tsx'
import { permissionWords } from './permission-words.ts'
import { roleDuties, staffRoles, type StaffRole } from './role-duties.ts'
import { StaffPage } from './staff-page.tsx'
import { useRoleName } from './role-name.ts'
import css from './staff.module.css'

type Line = Reply<typeof listRoles>['permissions'][number]

export function Screen() {
  const { t } = useLingui()
  return (
    <StaffPage
      title={t`What each role may do`}
      lead={t`The least that each needs for its work. A change here is a change of the product, not of a setting.`}
      asked={useQuery(asking(listRoles))}
    >
      {({ permissions }) => <Table permissions={permissions} />}
    </StaffPage>
  )
}

function Table({ permissions }: { permissions: readonly Line[] }) {
  const { t, i18n } = useLingui()
  const [chosen, choose] = useState<StaffRole | ''>('')
  const name = useRoleName()
  const sentenceOf = (permission: string) => {
    const words = permissionWords[permission]
    return words ? i18n._(words) : permission
  }
  const shown = permissions.filter(({ roles }) => chosen === '' || roles.includes(chosen))
  const options = [
    { value: '', label: t`All roles` },
    ...staffRoles.map((role) => ({ value: role, label: name(role) })),
  ]
  return (
    <>
      <div className={css.search}>
        <SelectField
          name="role"
          label={t`Show`}
          value={chosen}
          onChange={(role) => choose(staffRoles.find((one) => one === role) ?? '')}
          options={options}
        />
      </div>
      {chosen !== '' && <p>{i18n._(roleDuties[chosen])}</p>}
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>May</Trans>
            </th>
            <th scope="col">
              <Trans>Who</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ permission, roles }) => (
            <tr key={permission}>
              <th scope="row">{sentenceOf(permission)}</th>
              <td>
                {roles.length === staffRoles.length ? <Trans>Every colleague</Trans> : roles.map(name).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
