-- Apps that come through the FHIR door (SMART App Launch 2.2): who they are, what they were let do, by whom. All of it opens
-- doors, so only app_auth sees it.
create schema fhir;
grant usage on schema fhir to app_auth;

-- A program that somebody made for our FHIR door. Its id is its client_id.
create table fhir.app (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  name            text not null check (name <> ''),
  -- public: in a browser or on a phone, keeps no secret. confidential: on a server. backend: nobody signs in.
  kind            text not null check (kind in ('public', 'confidential', 'backend')),
  redirect_uris   text[] not null,
  launch_uri      text,
  -- The most that anybody can let it do.
  scopes          text[] not null,
  -- Public keys, here and nowhere else: no address is fetched on an app's word.
  jwks            jsonb,
  secret_hash     bytea,
  made_at         timestamptz not null,
  made_by         text not null,
  ended_at        timestamptz,
  primary key (organization_id, id),
  constraint one_way_to_prove_itself check (case kind when 'public' then jwks is null and secret_hash is null
    when 'backend' then jwks is not null and secret_hash is null else (jwks is null) <> (secret_hash is null) end),
  constraint somewhere_to_return_to check ((kind = 'backend') = (cardinality(redirect_uris) = 0))
);

-- Codes, tokens and steps under way: found by the hash of what the app holds, their content sealed with the server's key.
create table fhir.provider_row (
  organization_id uuid not null references people.organization,
  model           text not null,
  id_hash         bytea not null,
  grant_hash      bytea,
  app_id          uuid,
  sealed          bytea not null,
  expires_at      timestamptz not null,
  consumed_at     timestamptz,
  primary key (organization_id, model, id_hash)
);
create index provider_row_by_grant on fhir.provider_row (organization_id, grant_hash) where grant_hash is not null;
create index provider_row_by_age on fhir.provider_row (organization_id, expires_at);

-- Signs who somebody is (id_token). Sealed with the server's key.
create table fhir.signing_key (
  organization_id uuid not null references people.organization,
  id              uuid not null,
  sealed          bytea not null,
  made_at         timestamptz not null,
  primary key (organization_id, id)
);

-- An app started from a chart: for this patient, by this colleague, once, within minutes.
create table fhir.launch (
  organization_id uuid not null,
  id              uuid not null,
  token_hash      bytea not null,
  app_id          uuid not null,
  person_id       uuid not null,
  patient_id      uuid not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, app_id) references fhir.app,
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, patient_id) references people.patient
);
create index launch_by_age on fhir.launch (organization_id, expires_at);

-- What somebody let an app do, until it is ended. A token works only while its row here does.
create table fhir.app_grant (
  organization_id uuid not null,
  id              uuid not null,
  grant_hash      bytea not null,
  app_id          uuid not null,
  person_id       uuid not null,
  -- As what the person let it in.
  role            text not null check (role in ('patient', 'front_desk', 'nurse', 'clinician')),
  patient_id      uuid,
  scopes          text[] not null,
  -- Only while this session lasts (online_access).
  session_id      uuid,
  given_at        timestamptz not null,
  ended_at        timestamptz,
  ended_by        text,
  primary key (organization_id, id),
  unique (organization_id, grant_hash),
  foreign key (organization_id, app_id) references fhir.app,
  foreign key (organization_id, person_id) references people.person,
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, session_id) references people.session
);
create index app_grant_by_person on fhir.app_grant (organization_id, person_id) where ended_at is null;

grant select, insert, update on fhir.app, fhir.app_grant to app_auth;
grant select, insert, update, delete on fhir.provider_row, fhir.launch to app_auth;
grant select, insert on fhir.signing_key to app_auth;

call platform.wall('fhir.app', array['app_auth']);
call platform.wall('fhir.provider_row', array['app_auth']);
call platform.wall('fhir.signing_key', array['app_auth']);
call platform.wall('fhir.launch', array['app_auth']);
call platform.wall('fhir.app_grant', array['app_auth']);
