/** The few shapes of FHIR R4 that this door writes, and the code systems it speaks. */

/** A resource as it is sent: what is undefined is left out of the JSON. */
export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly [element: string]: unknown
}

export interface Coding {
  system: string
  code: string
  display?: string
}

export const concept = (coding: Coding, text?: string) => ({ coding: [coding], ...(text !== undefined && { text }) })

/** A reference within this server, with the words a person reads. */
export const reference = (type: string, id: string, display?: string) => ({
  reference: `${type}/${id}`,
  ...(display !== undefined && { display }),
})

export const systems = {
  npi: 'http://hl7.org/fhir/sid/us-npi',
  /** The same numbers by their object identifier, as IHE's examples write them. */
  npiOid: 'urn:oid:2.16.840.1.113883.4.6',
  specialty: 'http://nucc.org/provider-taxonomy',
  language: 'urn:ietf:bcp:47',
  uri: 'urn:ietf:rfc:3986',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  appointmentType: 'http://terminology.hl7.org/CodeSystem/v2-0276',
  cancelReason: 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason',
  iheStatusReason: 'https://profiles.ihe.net/ITI/Scheduling/CodeSystem/status-reason',
} as const

/** Kinds of visit are each health system's own; their code system has an address here. */
export const visitTypes = (base: string) => `${base}/CodeSystem/visit-type`

const ihe = 'https://profiles.ihe.net/ITI/Scheduling/StructureDefinition'
export const profiles = {
  appointment: `${ihe}/ihe-sched-appt`,
  bundle: `${ihe}/ihe-sched-avail-bundle`,
  statusReason: `${ihe}/extension-status-reason`,
} as const
