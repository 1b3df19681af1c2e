/** The types that this door shows, in the order of the CapabilityStatement. */
import { appointments } from './appointments.ts'
import { healthcareServices } from './healthcare.ts'
import { insurancePlans } from './insurance-plans.ts'
import type { Kind } from './kind.ts'
import { locations } from './locations.ts'
import { organizations } from './organizations.ts'
import { patients } from './patients.ts'
import { practitionerRoles } from './practitioner-roles.ts'
import { practitioners } from './practitioners.ts'
import { schedules } from './schedules.ts'
import { slots } from './slots.ts'

export const kinds: readonly Kind[] = [
  appointments,
  slots,
  schedules,
  practitioners,
  practitionerRoles,
  locations,
  organizations,
  healthcareServices,
  insurancePlans,
  patients,
]
