-- Accounts: who may sign in, with what, and what they are then allowed to be. Credentials are for app_auth alone.

-- A human with an account. Patients and staff are people here; what they may do is in the two tables after this one.
create table people.person (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  -- Staff: as colleagues see it. A patient's name is in the record that the account is joined to.
  name            text check (name <> ''),
  language        text not null default 'en',
  -- Shown to authenticators instead of an id that means something (WebAuthn user handle).
  handle          uuid not null default gen_random_uuid(),
  demo            boolean not null default false,
  created_at      timestamptz not null default now(),
  ended_at        timestamptz,
  ended_by        text,
  primary key (organization_id, id),
  unique (organization_id, handle)
);

-- What somebody works as, since when, by whose word.
create table people.staff_role (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  person_id       uuid not null,
  role            text not null check (role in ('front_desk', 'scheduler', 'nurse', 'clinician', 'biller', 'quality_manager', 'practice_admin', 'auditor')),
  given_at        timestamptz not null default now(),
  given_by        text not null,
  ended_at        timestamptz,
  ended_by        text,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people.person
);
create unique index staff_role_held_once on people.staff_role (organization_id, person_id, role) where ended_at is null;

-- Whose record an account opens: one's own. What proxies may open is told apart from it.
create table people.patient_account (
  organization_id uuid not null,
  person_id       uuid not null,
  patient_id      uuid not null,
  -- How we know: an invitation of the clinic, or proof.
  basis           text not null check (basis in ('invitation', 'proof', 'new')),
  joined_at       timestamptz not null default now(),
  ended_at        timestamptz,
  primary key (organization_id, person_id, patient_id),
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, patient_id) references people.patient
);
create index patient_account_by_patient on people.patient_account (organization_id, patient_id);

-- A proved phone or email that names an account at sign-in: one account a contact.
create table people.login_name (
  organization_id uuid not null,
  kind            text not null check (kind in ('phone', 'email')),
  -- E.164 for phones, lower case for email.
  value           text not null,
  person_id       uuid not null,
  verified_at     timestamptz,
  primary key (organization_id, kind, value),
  foreign key (organization_id, person_id) references people.person
);
create index login_name_by_person on people.login_name (organization_id, person_id);

create table people.passkey (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  person_id       uuid not null,
  credential_id   text not null,
  public_key      bytea not null,
  counter         bigint not null default 0,
  transports      text[] not null default '{}',
  backup_eligible boolean not null,
  backed_up       boolean not null,
  label           text not null,
  created_at      timestamptz not null default now(),
  used_at         timestamptz,
  removed_at      timestamptz,
  primary key (organization_id, id),
  unique (organization_id, credential_id),
  foreign key (organization_id, person_id) references people.person
);
create index passkey_by_person on people.passkey (organization_id, person_id);

-- Argon2id in its own string form (PHC), parameters and salt in it.
create table people.password (
  organization_id uuid not null,
  person_id       uuid not null,
  hash            text not null check (hash like '$argon2id$%'),
  set_at          timestamptz not null,
  primary key (organization_id, person_id),
  foreign key (organization_id, person_id) references people.person
);

-- Time-based one-time passwords (RFC 6238). The secret is sealed with the server's key; a step that was used is over.
create table people.totp (
  organization_id uuid not null,
  person_id       uuid not null,
  sealed_secret   bytea not null,
  last_step       bigint not null default 0,
  set_at          timestamptz not null,
  primary key (organization_id, person_id),
  foreign key (organization_id, person_id) references people.person
);

create table people.recovery_code (
  organization_id uuid not null,
  person_id       uuid not null,
  code_hash       bytea not null,
  made_at         timestamptz not null,
  used_at         timestamptz,
  primary key (organization_id, person_id, code_hash),
  foreign key (organization_id, person_id) references people.person
);

-- A step of a sign-in that is under way: a challenge to a passkey, a second factor to come, a link to enrol with. Once.
create table people.ceremony (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  kind            text not null check (kind in ('passkey', 'passkey_new', 'second_factor', 'totp_new', 'enrolment', 'contact_proof')),
  token_hash      bytea not null,
  person_id       uuid,
  challenge       text,
  sealed_secret   bytea,
  factors         text[] not null default '{}',
  tries           integer not null default 0,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people.person
);
create unique index ceremony_by_token on people.ceremony (organization_id, token_hash);
create index ceremony_by_age on people.ceremony (organization_id, expires_at);

-- Tries to sign in, by account and by where they come from, for counting: keyed hashes, no name and no address.
create table people.sign_in_try (
  organization_id uuid not null references people.organization,
  id              uuid not null,
  bucket          bytea not null,
  at              timestamptz not null,
  primary key (organization_id, id, bucket)
);
create index sign_in_try_by_bucket on people.sign_in_try (organization_id, bucket, at);
create index sign_in_try_by_age on people.sign_in_try (organization_id, at);

-- A word of the clinic that this patient may have an account: once, for a while.
create table people.invitation (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  contact_kind    text not null check (contact_kind in ('phone', 'email')),
  contact_value   text not null,
  made_at         timestamptz not null,
  made_by         text not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  used_by         uuid,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient
);
create index invitation_by_patient on people.invitation (organization_id, patient_id);

-- Sessions were the demo's only: they end here, and are made anew with all that a session has to say.
drop table people.session;
create table people.session (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  token_hash      bytea not null unique,
  person_id       uuid not null,
  -- The one role that is acted in; another is a new session.
  role            text not null check (role in ('patient', 'front_desk', 'scheduler', 'nurse', 'clinician', 'biller', 'quality_manager', 'practice_admin', 'auditor')),
  factors         text[] not null,
  assurance       integer not null check (assurance in (1, 2)),
  proved_at       timestamptz not null,
  created_at      timestamptz not null,
  seen_at         timestamptz not null,
  idle_minutes    integer not null check (idle_minutes between 5 and 60),
  expires_at      timestamptz not null,
  locked_at       timestamptz,
  ended_at        timestamptz,
  ended_because   text,
  device          text not null,
  rotated_from    uuid,
  demo            boolean not null default false,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people.person,
  constraint staff_needs_two_factors check (role = 'patient' or assurance = 2)
);
create index session_by_person on people.session (organization_id, person_id) where ended_at is null;

grant select, insert, update on people.person, people.staff_role, people.patient_account, people.login_name, people.passkey,
  people.password, people.totp, people.recovery_code, people.ceremony, people.session to app_auth;
grant delete on people.login_name, people.password, people.totp, people.recovery_code, people.sign_in_try, people.ceremony to app_auth;
grant select, insert on people.sign_in_try to app_auth;
-- Who works here, for pages that name a colleague; who made an account of a record.
grant select on people.person, people.staff_role, people.patient_account to app_staff, app_worker;
grant insert on people.patient_account to app_worker;
grant select, insert on people.invitation to app_staff;
grant select, update on people.invitation to app_worker;
-- What is over is forgotten by the clock.
grant select, delete on people.sign_in_try, people.ceremony to app_worker;

call platform.wall('people.login_name', array['app_auth']);
call platform.wall('people.passkey', array['app_auth']);
call platform.wall('people.password', array['app_auth']);
call platform.wall('people.totp', array['app_auth']);
call platform.wall('people.recovery_code', array['app_auth']);
call platform.wall('people.ceremony', array['app_auth', 'app_worker']);
call platform.wall('people.sign_in_try', array['app_auth', 'app_worker']);
call platform.wall('people.invitation', array['app_staff', 'app_worker']);
call platform.wall('people.person', array['app_staff', 'app_worker']);
call platform.wall('people.staff_role', array['app_staff', 'app_worker']);
call platform.wall('people.patient_account', array['app_staff', 'app_worker']);
-- A session says which organization it belongs to, and with it who the person is: found before there is a context.
alter table people.session enable row level security;
alter table people.session force row level security;
create policy credential_app_auth on people.session to app_auth using (true) with check (true);
create policy credential_app_auth on people.person to app_auth using (true) with check (true);
create policy credential_app_auth on people.staff_role to app_auth using (true) with check (true);
create policy credential_app_auth on people.patient_account to app_auth using (true) with check (true);
