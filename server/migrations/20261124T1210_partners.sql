-- Which companies carry what for an organization, under which agreement; and what was given to them, refused or reduced.
create schema partners;
grant usage on schema partners to app_portal, app_staff, app_worker;

-- One carrier a service at a time. `own` is a system that the organization runs itself: nobody else sees what it carries.
create table partners.vendor (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  service         text not null check (service in ('mail', 'texts', 'video', 'clearinghouse', 'payments')),
  kind            text not null check (kind in ('outside', 'own')),
  name            text not null check (name <> ''),
  entered_by      text not null,
  entered_at      timestamptz not null,
  ended_by        text,
  ended_at        timestamptz,
  primary key (organization_id, id),
  constraint an_end_is_whole check ((ended_at is null) = (ended_by is null))
);
create unique index vendor_now on partners.vendor (organization_id, service) where ended_at is null;

-- A signed business associate agreement (45 CFR 164.504(e)): what the vendor may be given, from when until when. Never
-- deleted: what was allowed on a day of the past can be shown.
create table partners.agreement (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  vendor_id       uuid not null,
  data_classes    text[] not null check (cardinality(data_classes) > 0 and data_classes <@ array['visit', 'billing', 'clinical', 'sensitive']),
  valid_from      timestamptz not null,
  valid_until     timestamptz not null,
  signed_by       text not null check (signed_by <> ''),
  -- Where the signed paper is: a file's name or number, never its text.
  evidence        text not null check (evidence <> ''),
  entered_by      text not null,
  entered_at      timestamptz not null,
  ended_by        text,
  ended_at        timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, vendor_id) references partners.vendor,
  constraint ends_after_it_begins check (valid_from < valid_until),
  constraint an_end_is_whole check ((ended_at is null) = (ended_by is null))
);
create index agreement_by_vendor on partners.agreement (organization_id, vendor_id) where ended_at is null;

-- One message with health information at the gate: who was to carry what class of it and why, and what left. Never content.
create table partners.disclosure (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  vendor_id       uuid,
  channel         text not null check (channel in ('email', 'text', 'video', 'claims', 'payment')),
  data_class      text not null check (data_class in ('visit', 'billing', 'clinical', 'sensitive')),
  purpose         text not null,
  carried         text not null check (carried in ('whole', 'reduced', 'nothing')),
  because         text,
  -- What was to be carried: a message, a claim ...
  subject_id      uuid not null,
  decided_at      timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, vendor_id) references partners.vendor,
  constraint less_than_whole_has_a_reason check ((carried = 'whole') = (because is null)),
  -- A message that is tried again is told once.
  constraint told_once unique nulls not distinct (organization_id, subject_id, vendor_id, channel, carried, because)
);
create index disclosure_by_patient on partners.disclosure (organization_id, patient_id, id);

grant select, insert on partners.vendor, partners.agreement to app_staff, app_worker;
grant update (ended_by, ended_at) on partners.vendor, partners.agreement to app_staff, app_worker;
grant select, insert on partners.disclosure to app_worker;
grant select on partners.disclosure to app_portal, app_staff;

call platform.wall('partners.vendor', array['app_staff', 'app_worker']);
call platform.wall('partners.agreement', array['app_staff', 'app_worker']);
call platform.wall('partners.disclosure', array['app_staff', 'app_worker']);
call platform.wall_own('partners.disclosure', 'patient_id');
