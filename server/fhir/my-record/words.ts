/** What the readable record says around the patient's own data. */
import type { Language } from '../../platform/endpoint.ts'
import type { Section } from './lines.ts'

interface Words {
  title: string
  born: string
  made: string
  about: string
  sections: Record<Section, string>
}

export const words: Record<Language, Words> = {
  en: {
    title: 'Your health record',
    born: 'born',
    made: 'Made on',
    about:
      'This is what we keep about you, in words. The same in full, for other systems, is in the FHIR file that you can download beside this one. If something is wrong, ask us to correct it.',
    sections: {
      AllergyIntolerance: 'Allergies',
      MedicationRequest: 'Medicines',
      Condition: 'Conditions',
      Immunization: 'Vaccines',
      Appointment: 'Appointments',
      Encounter: 'Visits',
      Procedure: 'Procedures',
      DiagnosticReport: 'Reports',
      Observation: 'Results and measurements',
      CarePlan: 'Care plans',
      Goal: 'Goals',
      CareTeam: 'Care team',
      Coverage: 'Insurance',
      Claim: 'Claims',
      ExplanationOfBenefit: 'What insurance paid',
      DocumentReference: 'Documents',
      ImagingStudy: 'Imaging',
      Device: 'Devices',
      Communication: 'Messages and requests',
    },
  },
  es: {
    title: 'Su expediente médico',
    born: 'fecha de nacimiento',
    made: 'Preparado el',
    about:
      'Esto es lo que guardamos sobre usted, en palabras. Lo mismo, completo y para otros sistemas, está en el archivo FHIR que puede descargar junto a este. Si algo no es correcto, pídanos que lo corrijamos.',
    sections: {
      AllergyIntolerance: 'Alergias',
      MedicationRequest: 'Medicinas',
      Condition: 'Problemas de salud',
      Immunization: 'Vacunas',
      Appointment: 'Citas',
      Encounter: 'Visitas',
      Procedure: 'Procedimientos',
      DiagnosticReport: 'Informes',
      Observation: 'Resultados y mediciones',
      CarePlan: 'Planes de cuidado',
      Goal: 'Metas',
      CareTeam: 'Equipo de atención',
      Coverage: 'Seguro',
      Claim: 'Reclamaciones al seguro',
      ExplanationOfBenefit: 'Lo que pagó el seguro',
      DocumentReference: 'Documentos',
      ImagingStudy: 'Imágenes',
      Device: 'Dispositivos',
      Communication: 'Mensajes y solicitudes',
    },
  },
}
