/** Adds a patient whom the front desk or a program has met, and says who here looks the same. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { claim, type RequestKey } from '../platform/once.ts'
import { candidatesFor } from './candidates.ts'
import { readContact, type Contact } from './contact/address.ts'
import type { PersonDetails } from './contract.ts'
import { decide } from './name-match.ts'
import { readPerson, type Person } from './person.ts'
import { addPatientRows } from './save-patient.ts'
import { summariesOf } from './summary.ts'
import './tables.ts'

interface Asked {
  person: PersonDetails
  phone?: string
  email?: string
}

const mostLookAlikes = 10

/** Never refuses because of a look-alike: a person looks at both. The same request key gives the same patient. */
export async function addPatient(context: Context, actor: Actor, asked: Asked, requestKey?: RequestKey) {
  const { db, now } = context
  const person = readPerson(asked.person, now())
  const contacts = contactsOf(asked)
  return within(db, actor, async (tx) => {
    const newPatientId = newId()
    const before = await claim(tx, actor, requestKey, newPatientId)
    const id = before ?? newPatientId
    const likeIds = await lookAlikes(tx, actor, { person, contacts, except: id })
    if (!before) {
      const origin = actor.role === 'client' ? 'client' : 'staff'
      await addPatientRows(tx, actor.organizationId, {
        id,
        ...person,
        origin,
        contacts: contacts.map((one) => ({ ...one, verifiedAt: null })),
      })
      await audit(tx, actor, { action: 'create', resourceType: 'Patient', resourceId: id, patientId: id })
    }
    const shown = await summariesOf(tx, actor, [id, ...likeIds])
    const patient = shown.get(id)
    if (!patient) throw new Error('the patient that was just written is not to be seen')
    return { patient, lookAlikes: likeIds.map((like) => shown.get(like)).filter((like) => like !== undefined) }
  })
}

interface Looked {
  person: Person
  contacts: Contact[]
  except: string
}

async function lookAlikes(tx: Tx, actor: Actor, { person, contacts, except }: Looked): Promise<string[]> {
  const candidates = await candidatesFor(tx, actor.organizationId, { bornOn: person.bornOn, contacts })
  const others = candidates.filter(({ id }) => id !== except)
  const { match, doubtful } = decide({ ...person, contacts }, others)
  return [...(match === undefined ? [] : [match]), ...doubtful].slice(0, mostLookAlikes)
}

const contactsOf = ({ phone, email }: Asked): Contact[] => [
  ...(phone === undefined ? [] : [readContact({ kind: 'phone', value: phone })]),
  ...(email === undefined ? [] : [readContact({ kind: 'email', value: email })]),
]
