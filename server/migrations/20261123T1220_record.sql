-- The clinical record: FHIR R4 resources kept whole as they came, indexed by patient.
create schema record;
grant usage on schema record to app_staff, app_worker;

create table record.resource (
  organization_id uuid not null references people.organization,
  type            text not null,
  fhir_id         text not null check (fhir_id ~ '^[A-Za-z0-9.-]{1,64}$'),
  patient_id      uuid,
  -- When the thing itself happened (encounter start, observation effective ...), for timelines; null when it has no date.
  happened_at     timestamptz,
  -- Verbatim, as it came.
  content         json not null,
  content_hash    bytea not null,
  -- Hashes of what it said before: the same input again, however its files disagree, changes nothing.
  earlier_hashes  bytea[] not null default '{}',
  -- References that had to be resolved (urn:uuid:, conditional): what it says -> 'Type/id'. Null when none.
  resolved        jsonb,
  version         integer not null default 1,
  received_at     timestamptz not null default now(),
  primary key (organization_id, type, fhir_id)
);
create index resource_by_patient on record.resource (organization_id, patient_id, type, happened_at desc) where patient_id is not null;

-- Business identifiers of what was imported, so that 'Practitioner?identifier=system|value' finds its target.
create table record.identifier (
  organization_id uuid not null,
  type            text not null,
  system          text not null,
  value           text not null,
  fhir_id         text not null,
  primary key (organization_id, type, system, value, fhir_id),
  foreign key (organization_id, type, fhir_id) references record.resource
);

-- A reference whose target has not come yet; tried again at the end of every import.
create table record.dangling (
  organization_id uuid not null,
  type            text not null,
  fhir_id         text not null,
  reference       text not null,
  since           timestamptz not null default now(),
  primary key (organization_id, type, fhir_id, reference),
  foreign key (organization_id, type, fhir_id) references record.resource
);

-- What could not be taken in, with the reason, for a later try. The content may be health information.
create table record.set_aside (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  file            text not null,
  entry           integer not null,
  path            text,
  reason          text not null,
  detail          text not null,
  content         text,
  fingerprint     bytea not null,
  set_aside_at    timestamptz not null default now(),
  settled_at      timestamptz,
  primary key (organization_id, id),
  constraint once_a_fault unique (organization_id, fingerprint)
);

grant select, insert, update, delete on record.resource, record.identifier, record.dangling, record.set_aside to app_worker;
grant select on record.resource, record.identifier to app_staff;
call platform.wall('record.resource', array['app_staff', 'app_worker']);
call platform.wall('record.identifier', array['app_staff', 'app_worker']);
call platform.wall('record.dangling', array['app_worker']);
call platform.wall('record.set_aside', array['app_worker']);
-- A urn:uuid: reference does not say the type of its target.
create index identifier_by_value on record.identifier (organization_id, system, value);
