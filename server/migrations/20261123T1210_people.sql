-- Organizations, patients, contacts, API clients, sessions, one-time codes.
create schema people;
grant usage on schema people to app_public, app_portal, app_staff, app_worker, app_auth;

create table people.organization (
  id            uuid primary key default uuidv7(),
  slug          text not null unique check (slug ~ '^[a-z0-9-]{1,63}$'),
  name          text not null,
  phone         text not null,
  email         text,
  zone          text not null,
  host_names    text[] not null default '{}',
  -- How patients may change their visits: minutes before the start after which they must call.
  cancel_cutoff_minutes integer not null default 1440 check (cancel_cutoff_minutes >= 0),
  demo          boolean not null default false,
  created_at    timestamptz not null default now()
);
-- Public facts of a clinic: its name, phone, zone. Which organization is asked is decided before there is a context.
alter table people.organization enable row level security;
alter table people.organization force row level security;
create policy known_to_all on people.organization for select to app_public, app_portal, app_staff, app_worker, app_auth using (true);
create policy founded_by_worker on people.organization for all to app_worker using (true) with check (true);
grant select on people.organization to app_public, app_portal, app_staff, app_worker, app_auth;
grant insert, update on people.organization to app_worker;

create table people.patient (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  given_name      text not null,
  family_name     text not null,
  preferred_name  text,
  -- The name folded for finding (accents, case, punctuation gone): 'nunez gloria'.
  search_name     text not null,
  born_on         date,
  died_at         timestamptz,
  gender          text check (gender in ('male', 'female', 'other', 'unknown')),
  language        text,
  -- Fhir: came from a record import. guest: booked without an account, identity not yet checked by staff.
  origin          text not null check (origin in ('record', 'guest', 'staff', 'client')),
  created_at      timestamptz not null default now(),
  primary key (organization_id, id)
);
create index patient_by_birth on people.patient (organization_id, born_on);

-- One row a word of the name, so that any word's beginning finds the person ('nun', 'glo').
create table people.patient_word (
  organization_id uuid not null,
  word            text collate "C" not null,
  patient_id      uuid not null,
  primary key (organization_id, word, patient_id),
  foreign key (organization_id, patient_id) references people.patient
);

create table people.patient_contact (
  organization_id uuid not null,
  patient_id      uuid not null,
  kind            text not null check (kind in ('phone', 'email')),
  -- E.164 for phones, lower case for email.
  value           text not null,
  verified_at     timestamptz,
  primary key (organization_id, patient_id, kind, value),
  foreign key (organization_id, patient_id) references people.patient
);
create index patient_contact_by_value on people.patient_contact (organization_id, value);

create table people.patient_identifier (
  organization_id uuid not null,
  system          text not null,
  value           text not null,
  patient_id      uuid not null,
  primary key (organization_id, system, value),
  foreign key (organization_id, patient_id) references people.patient
);
create index patient_identifier_by_patient on people.patient_identifier (organization_id, patient_id);

-- A guest who may be somebody we know. The front desk decides; nothing is joined by itself.
create table people.match_review (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  candidate_ids   uuid[] not null,
  created_at      timestamptz not null default now(),
  decided_at      timestamptz,
  decided_by      text,
  decision        text check (decision in ('same', 'different')),
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);

-- A program that calls our API. Only the SHA-256 of its token is kept.
create table people.api_client (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  name            text not null,
  token_hash      bytea not null unique,
  created_at      timestamptz not null default now(),
  revoked_at      timestamptz,
  primary key (organization_id, id)
);

-- A signed-in person on one device. Only the SHA-256 of the token is kept.
create table people.session (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  token_hash      bytea not null unique,
  person_id       text not null,
  person_name     text not null,
  role            text not null check (role in ('front_desk')),
  demo            boolean not null default false,
  created_at      timestamptz not null default now(),
  seen_at         timestamptz not null default now(),
  ended_at        timestamptz,
  primary key (organization_id, id)
);

-- A one-time code sent to a phone or email to prove that it is in the guest's hands.
create table people.contact_code (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  kind            text not null check (kind in ('phone', 'email')),
  value           text not null,
  language        text not null,
  code_hash       bytea not null,
  -- The code itself, sealed with the server's key, for the worker that sends it; gone once sent.
  sealed_code     bytea,
  tries           integer not null default 0,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  proved_at       timestamptz,
  primary key (organization_id, id)
);
create index contact_code_by_value on people.contact_code (organization_id, value, created_at);

grant select, insert, update on people.patient, people.patient_contact, people.patient_identifier, people.patient_word to app_portal, app_staff, app_worker;
grant delete on people.patient_contact, people.patient_word to app_staff, app_worker;
grant insert on people.match_review to app_portal;
grant select, insert, update on people.match_review to app_staff, app_worker;
grant select, insert, update on people.api_client, people.session, people.contact_code to app_auth;
grant select, update on people.contact_code to app_worker;

call platform.wall('people.patient', array['app_staff', 'app_worker']);
call platform.wall_own('people.patient', 'id');
call platform.wall('people.patient_word', array['app_staff', 'app_worker']);
call platform.wall_own('people.patient_word', 'patient_id');
call platform.wall('people.patient_contact', array['app_staff', 'app_worker']);
call platform.wall_own('people.patient_contact', 'patient_id');
call platform.wall('people.patient_identifier', array['app_staff', 'app_worker']);
call platform.wall_own('people.patient_identifier', 'patient_id');
call platform.wall('people.match_review', array['app_staff', 'app_worker']);
call platform.wall_own('people.match_review', 'patient_id');
call platform.wall('people.contact_code', array['app_auth', 'app_worker']);
-- A credential says which organization it belongs to, so it is found before there is a context: by app_auth only.
alter table people.api_client enable row level security;
alter table people.api_client force row level security;
create policy credential_app_auth on people.api_client to app_auth using (true) with check (true);
alter table people.session enable row level security;
alter table people.session force row level security;
create policy credential_app_auth on people.session to app_auth using (true) with check (true);
