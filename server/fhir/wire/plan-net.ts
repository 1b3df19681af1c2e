/** Da Vinci PDEX Plan-Net 1.2's own words: profiles, extensions and codes. A profile is claimed by what meets it alone. */
import { concept, reference } from './resource.ts'

const guide = 'http://hl7.org/fhir/us/davinci-pdex-plan-net'

/** Organization, InsurancePlan: we know too little (addresses; who administers) to claim theirs. */
export const planNet = {
  practitioner: `${guide}/StructureDefinition/plannet-Practitioner`,
  practitionerRole: `${guide}/StructureDefinition/plannet-PractitionerRole`,
  network: `${guide}/StructureDefinition/plannet-Network`,
  location: `${guide}/StructureDefinition/plannet-Location`,
  healthcareService: `${guide}/StructureDefinition/plannet-HealthcareService`,
} as const

/** For `meta`, when what the profile wants is there. */
export const claims = (profile: string, isMet = true) => (isMet ? { meta: { profile: [profile] } } : {})

const coded = (system: string, code: string) => concept({ system: `${guide}/CodeSystem/${system}`, code })

export const outpatient = coded('HealthcareServiceCategoryCS', 'outpat')

export const newPatients = (acceptsNew: boolean) => ({
  url: `${guide}/StructureDefinition/newpatients`,
  extension: [
    {
      url: 'acceptingPatients',
      valueCodeableConcept: coded('AcceptingPatientsCS', acceptsNew ? 'newpt' : 'existptonly'),
    },
  ],
})

export const inNetwork = (id: string, name: string) => ({
  url: `${guide}/StructureDefinition/network-reference`,
  valueReference: reference('Organization', id, name),
})

export const delivered = (mode: 'in_person' | 'video') => ({
  url: `${guide}/StructureDefinition/delivery-method`,
  extension: [
    {
      url: 'type',
      valueCodeableConcept: coded('DeliveryMethodCS', mode === 'video' ? 'virtual' : 'physical'),
    },
    ...(mode === 'video'
      ? [{ url: 'virtualModalities', valueCodeableConcept: coded('VirtualModalitiesCS', 'video') }]
      : []),
  ],
})
