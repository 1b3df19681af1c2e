/** What each role of the clinic may do, as the permission table has it. */
import { staffRoles } from '../../platform/actor.ts'
import { permissions, type Permission } from '../../platform/permissions.ts'

/** Every permission that some colleague has, with those who have it. */
export function listRoles() {
  const all = Object.keys(permissions) as Permission[]
  return all
    .map((permission) => ({
      permission,
      roles: staffRoles.filter((role) => permissions[permission].includes(role)),
    }))
    .filter(({ roles }) => roles.length > 0)
}
