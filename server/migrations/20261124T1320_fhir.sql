-- A clinician's own visits as a calendar that a program reads: whoever holds the address sees when and where, never whom.
create table fhir.calendar_feed (
  organization_id uuid not null,
  id              uuid not null,
  person_id       uuid not null,
  practitioner_id uuid not null,
  language        text not null check (language in ('en', 'es')),
  -- The address itself is told once and not kept.
  token_hash      bytea not null,
  made_at         timestamptz not null,
  ended_at        timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, practitioner_id) references directory.practitioner
);
create index calendar_feed_by_person on fhir.calendar_feed (organization_id, person_id) where ended_at is null;
grant select, insert, update on fhir.calendar_feed to app_staff;
call platform.wall('fhir.calendar_feed', array['app_staff']);
