-- Find care: who practises where, with what specialty and languages. Public facts, no health information.
create schema directory;
grant usage on schema directory to app_public, app_portal, app_staff, app_worker;

create table directory.location (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  name            text not null,
  phone           text,
  address_lines   text[] not null default '{}',
  city            text,
  state           text,
  postcode        text,
  latitude        double precision check (latitude between -90 and 90),
  longitude       double precision check (longitude between -180 and 180),
  zone            text not null,
  -- [{weekdays: [1,2], from: '08:00', until: '17:00'}]
  hours           jsonb not null default '[]',
  directions      jsonb not null default '{}',
  active          boolean not null default true,
  primary key (organization_id, id)
);

create table directory.practitioner (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  npi             text check (npi ~ '^[0-9]{10}$'),
  -- Imported directories carry made-up numbers; a number that fails its check digit is kept and shown as not verified.
  npi_valid       boolean not null default false,
  given_name      text not null,
  family_name     text not null,
  prefix          text,
  credentials     text,
  search_name     text not null,
  gender          text check (gender in ('male', 'female', 'other', 'unknown')),
  -- BCP 47 codes, lower case: {'en','es'}
  languages       text[] not null default '{}',
  -- In the clinician's own words, by language: {"en": "...", "es": "..."}
  statement       jsonb not null default '{}',
  active          boolean not null default true,
  primary key (organization_id, id)
);
create unique index practitioner_by_npi on directory.practitioner (organization_id, npi) where npi is not null;

create table directory.practitioner_word (
  organization_id uuid not null,
  word            text collate "C" not null,
  practitioner_id uuid not null,
  primary key (organization_id, word, practitioner_id),
  foreign key (organization_id, practitioner_id) references directory.practitioner
);

-- A practitioner at a location.
create table directory.practitioner_role (
  organization_id     uuid not null,
  id                  uuid not null default uuidv7(),
  practitioner_id     uuid not null,
  location_id         uuid not null,
  -- NUCC taxonomy codes, main one first.
  specialties         text[] not null default '{}',
  accepts_new         boolean not null default true,
  min_age_years       smallint not null default 0,
  max_age_years       smallint not null default 130,
  in_person           boolean not null default true,
  video               boolean not null default false,
  active              boolean not null default true,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_id) references directory.practitioner,
  foreign key (organization_id, location_id) references directory.location,
  constraint one_role_a_place unique (organization_id, practitioner_id, location_id)
);

-- Other organizations that a directory names (hospitals, groups, payers, networks), as imported.
create table directory.affiliate (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  kind            text not null check (kind in ('provider', 'payer', 'network', 'other')),
  name            text not null,
  phone           text,
  part_of_id      uuid,
  active          boolean not null default true,
  primary key (organization_id, id)
);

grant select on directory.location, directory.practitioner, directory.practitioner_word, directory.practitioner_role, directory.affiliate to app_public, app_portal, app_staff, app_worker;
grant insert, update on directory.location, directory.practitioner, directory.practitioner_word, directory.practitioner_role, directory.affiliate to app_worker;
grant delete on directory.practitioner_word to app_worker;
call platform.wall('directory.location', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('directory.practitioner', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('directory.practitioner_word', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('directory.practitioner_role', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('directory.affiliate', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
