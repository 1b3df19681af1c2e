-- Keys that fields are sealed with. Each row holds a key wrapped by another: a copy of the database opens nothing.

-- An organization's keys, wrapped by the key-encryption key that lives outside the database. `wrap` wraps patients' keys, a
-- version a rotation; `index` makes blind indexes, and stays, because every index would have to be made anew.
create table platform.data_key (
  organization_id uuid not null,
  use             text not null check (use in ('wrap', 'index')),
  version         integer not null check (version > 0),
  wrapped         bytea not null,
  -- Which key-encryption key wrapped it, as its provider names it.
  wrapped_by      text not null,
  made_at         timestamptz not null,
  primary key (organization_id, use, version)
);

-- A patient's own keys. Without them what was sealed for the patient is noise, in every backup that lost them too.
create table platform.patient_key (
  organization_id uuid not null,
  patient_id      uuid not null,
  version         integer not null check (version > 0),
  -- Null once shredded: the row stays, so that nothing is sealed for this patient again.
  wrapped         bytea,
  wrapped_with    integer not null,
  made_at         timestamptz not null,
  shredded_at     timestamptz,
  primary key (organization_id, patient_id, version),
  constraint shredded_is_gone check ((wrapped is null) = (shredded_at is not null))
);
create index patient_key_by_wrapping on platform.patient_key (organization_id, wrapped_with);

-- Organizations whose keys wait to be wrapped anew: ids only, so across tenants for the worker.
create table platform.key_rotation (
  organization_id uuid primary key,
  asked_at        timestamptz not null
);

grant select, insert on platform.data_key, platform.patient_key to app_portal, app_staff, app_worker;
grant update on platform.data_key, platform.patient_key to app_worker;
grant select, insert, update, delete on platform.key_rotation to app_worker;

call platform.wall('platform.data_key', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('platform.patient_key', array['app_staff', 'app_worker']);
call platform.wall_own('platform.patient_key', 'patient_id');
alter table platform.key_rotation enable row level security;
alter table platform.key_rotation force row level security;
create policy every_tenant_app_worker on platform.key_rotation to app_worker using (true) with check (true);
