/** `/metadata`: what this door can, made from the same lists that answer (FHIR R4, CapabilityStatement; IHE Scheduling server). */
import { kinds } from './resources/index.ts'
import type { Kind } from './resources/kind.ts'
import { securityOf } from './smart/discovery.ts'
import type { Resource } from './wire/resource.ts'

const ihe = 'https://profiles.ihe.net/ITI/Scheduling'
/** When what is described here last changed. */
const date = '2026-11-24'

export function capabilityStatement(base: string, operations: readonly string[]): Resource {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    instantiates: [`${ihe}/CapabilityStatement/IHE.Scheduling.server`],
    software: { name: 'Attend' },
    implementation: { description: 'Attend: find care, book, prepare, arrive', url: base },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        security: securityOf(new URL(base).origin),
        resource: kinds.map((kind) => described(kind, operations)),
      },
    ],
  }
}

function described({ type, profile, parameters, includes }: Kind, operations: readonly string[]) {
  return {
    type,
    ...(profile !== undefined && { supportedProfile: [profile] }),
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: type === 'Appointment' ? 'versioned' : 'no-version',
    readHistory: false,
    ...(includes && { searchInclude: includes }),
    searchParam: parameters,
    ...(type === 'Appointment' && {
      operation: operations.map((name) => ({ name, definition: `${ihe}/OperationDefinition/appointment-${name}` })),
    }),
  }
}
