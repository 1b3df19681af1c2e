/** A patient's right of access (45 CFR 164.524): the whole record, at once, as a FHIR Bundle or as a readable PDF. */
import { ownPatient } from '../../privacy/index.ts'
import { readOrganization } from '../../people/index.ts'
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { bundleText, collectRecord } from './collect.ts'
import { recordPdf } from './pdf.ts'

interface Form {
  form: 'fhir' | 'pdf'
  language: Language
}

/** The record of the signed-in patient, or of the one they act for. Refuses `no_record`. */
export async function downloadRecord(context: Context, actor: Actor, { form, language }: Form) {
  const { db, now, config, keys } = context
  const patientId = ownPatient(actor)
  // The portal's role may not read the record's tables; who may was decided above, and is written down.
  const reader = system(actor.organizationId, 'my-record')
  const { kept, clinic } = await within(db, reader, async (tx) => {
    const clinic = await readOrganization(tx, actor.organizationId)
    const base = `${config.publicUrl}/fhir/R4`
    const asking = { tx, context, actor: reader, now: now(), base, pageKeys: keys.all('fhir page'), zone: clinic.zone }
    const kept = await collectRecord(context, asking, patientId)
    await audit(tx, actor, {
      action: 'read',
      resourceType: 'Bundle',
      resourceId: patientId,
      patientId,
      fields: [form],
      purpose: 'PATIENT-REQUEST',
    })
    return { kept, clinic }
  })
  if (form === 'fhir') return Buffer.from(bundleText(`${config.publicUrl}/fhir/R4`, kept, now()))
  const [patient] = kept
  return recordPdf(kept, {
    clinic: clinic.name,
    phone: clinic.phone,
    patient: nameOf(patient?.resource),
    bornOn: typeof patient?.resource['birthDate'] === 'string' ? patient.resource['birthDate'] : null,
    madeOn: now().toZonedDateTimeISO(clinic.zone).toPlainDate().toString(),
    language,
  })
}

function nameOf(patient: Record<string, unknown> | undefined): string {
  const [name] = (patient?.['name'] ?? []) as { given?: string[]; family?: string }[]
  return [...(name?.given ?? []), name?.family].filter((part) => part !== undefined).join(' ')
}
