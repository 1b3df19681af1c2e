/** Checks the structure of a resource before it is stored: its type, its id, and the elements our tables are fed from. */
import { fieldsByType, type Field, type Fields, type Kind, type Primitive } from './fields.ts'
import { isResourceType } from './known-resources.ts'

export interface FhirResource {
  resourceType: string
  id?: string
}

export interface ShapeFault {
  /** FHIR path: 'Patient.name[0].given'. */
  path: string
  /** In words: "'1980-13-45' is not a date". */
  reason: string
}

const mostFaults = 20
const idForm = /^[A-Za-z0-9\-.]{1,64}$/

/** All that is wrong with a resource's shape (at most 20 faults); nothing when it can be stored and used. */
export function checkShape(resource: FhirResource): ShapeFault[] {
  const { resourceType } = resource
  const id: unknown = resource.id
  if (!isResourceType(resourceType))
    return [{ path: 'resourceType', reason: `${quoted(resourceType)} is not a resource type of FHIR R4` }]
  const faults: ShapeFault[] = []
  if (id !== undefined && !(typeof id === 'string' && idForm.test(id)))
    faults.push({
      path: `${resourceType}.id`,
      reason: `${quoted(id)} is not an id (1 to 64 letters, digits, '-' and '.')`,
    })
  const fields = fieldsByType[resourceType]
  if (fields) checkFields(resource, fields, resourceType, faults)
  return faults.slice(0, mostFaults)
}

function checkFields(value: object, fields: Fields, path: string, faults: ShapeFault[]): void {
  for (const name in value) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field && faults.length < mostFaults)
      checkField((value as Record<string, unknown>)[name], field, `${path}.${name}`, faults)
  }
}

function checkField(value: unknown, { kind, isList }: Field, path: string, faults: ShapeFault[]): void {
  if (!isList) {
    if (Array.isArray(value)) faults.push({ path, reason: 'a list stands where one value is wanted' })
    else checkOne(value, kind, path, faults)
  } else if (!Array.isArray(value)) faults.push({ path, reason: 'one value stands where a list is wanted' })
  else if (value.length === 0) faults.push({ path, reason: 'the list is empty' })
  else value.forEach((item: unknown, at) => checkItem(item, kind, `${path}[${at}]`, faults))
}

/** In a list of primitives null holds the place of one that has only an extension (FHIR R4, 2.6.2.3). */
function checkItem(item: unknown, kind: Kind, path: string, faults: ShapeFault[]): void {
  if (item === null && (typeof kind === 'string' || 'codes' in kind)) return
  checkOne(item, kind, path, faults)
}

function checkOne(value: unknown, kind: Kind, path: string, faults: ShapeFault[]): void {
  if (typeof kind === 'string') {
    const { isRight, name } = primitives[kind]
    if (!isRight(value)) faults.push({ path, reason: `${quoted(value)} is not ${name}` })
  } else if ('codes' in kind) {
    if (!kind.codes.some((code) => code === value))
      faults.push({ path, reason: `${quoted(value)} is none of ${kind.codes.join(', ')}` })
  } else if (typeof value !== 'object' || value === null || Array.isArray(value))
    faults.push({ path, reason: `${quoted(value)} stands where an object is wanted` })
  else checkFields(value, kind.fields, path, faults)
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('\u0000')
const isNumber = (from: number, to: number) => (value: unknown) =>
  typeof value === 'number' && value >= from && value <= to

const primitives: Readonly<Record<Primitive, { name: string; isRight: (value: unknown) => boolean }>> = {
  string: { name: 'a text', isRight: isText },
  code: { name: 'a code', isRight: (value) => isText(value) && /^\S+(?: \S+)*$/.test(value) },
  uri: { name: 'a URI', isRight: (value) => isText(value) && /^\S+$/.test(value) },
  boolean: { name: 'true or false', isRight: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', isRight: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 },
  decimal: { name: 'a number', isRight: isNumber(-Infinity, Infinity) },
  latitude: { name: 'a latitude (-90 to 90)', isRight: isNumber(-90, 90) },
  longitude: { name: 'a longitude (-180 to 180)', isRight: isNumber(-180, 180) },
  date: { name: 'a date', isRight: (value) => typeof value === 'string' && isDate(value) },
  dateTime: { name: 'a date and time', isRight: (value) => typeof value === 'string' && isDateTime(value) },
  time: { name: 'a time of day', isRight: (value) => typeof value === 'string' && clock.test(value) },
}

const dateForm = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const clock = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/
const dateTimeForm = /^(\d{4}-\d{2}-\d{2})T([0-9:.]+)(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/

/** A year, a month or a day (FHIR R4 `date`): '1980', '1980-02', '1980-02-29'. */
function isDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = dateForm.exec(text) ?? []
  if (year === undefined || Number(year) < 1) return false
  const [monthNumber, dayNumber] = [Number(month), Number(day)]
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1) return false
  return dayNumber <= Temporal.PlainYearMonth.from({ year: Number(year), month: monthNumber }).daysInMonth
}

/** A partial date, or a moment to the second with its offset (FHIR R4 `dateTime`). */
function isDateTime(text: string): boolean {
  const [, day, time] = dateTimeForm.exec(text) ?? []
  return day !== undefined && time !== undefined ? isDate(day) && clock.test(time) : isDate(text)
}

/** What stood there, short enough for a message. */
function quoted(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? 'a list' : 'an object'
}
