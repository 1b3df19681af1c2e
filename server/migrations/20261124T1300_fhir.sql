-- What everybody may know of openings, as files made by the clock (SMART Scheduling Links). Nothing of any patient is in them.
grant usage on schema fhir to app_public, app_worker;

create table fhir.published_file (
  organization_id uuid not null references people.organization,
  -- locations, schedules, slots-2026-12-03
  name            text not null check (name ~ '^(locations|schedules|slots-\d{4}-\d\d-\d\d)$'),
  resource_type   text not null check (resource_type in ('Location', 'Schedule', 'Slot')),
  states          text[] not null,
  -- Of what it was made from: the same again need not be written again.
  source_digest   text not null,
  etag            text not null,
  -- NDJSON, in gzip's form.
  content         bytea not null,
  primary key (organization_id, name)
);

create table fhir.publication (
  organization_id  uuid not null references people.organization,
  -- Everything in the files was so at this moment, or later.
  transaction_time timestamptz not null,
  primary key (organization_id)
);

grant select on fhir.published_file, fhir.publication to app_public, app_worker;
grant insert, update, delete on fhir.published_file, fhir.publication to app_worker;
call platform.wall('fhir.published_file', array['app_public', 'app_worker']);
call platform.wall('fhir.publication', array['app_public', 'app_worker']);
