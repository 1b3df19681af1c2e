-- Hours, openings, holds and bookings.
create schema scheduling;
grant usage on schema scheduling to app_public, app_portal, app_staff, app_worker;

-- What a visit is: its name, preparation and what to bring, in each language.
create table scheduling.visit_type (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  code            text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  -- {"en": "Annual physical", "es": "Examen físico anual"}; the lists are {"en": ["..."], "es": ["..."]}
  name            jsonb not null,
  prepare         jsonb not null default '{}',
  bring           jsonb not null default '{}',
  position        smallint not null default 0,
  active          boolean not null default true,
  primary key (organization_id, id),
  constraint one_visit_type_a_code unique (organization_id, code)
);

-- A practitioner offers a visit type at a location: the thing that is booked.
create table scheduling.offering (
  organization_id     uuid not null,
  id                  uuid not null default uuidv7(),
  practitioner_id     uuid not null,
  practitioner_role_id uuid not null,
  location_id         uuid not null,
  visit_type_id       uuid not null,
  mode                text not null check (mode in ('in_person', 'video')),
  minutes             smallint not null check (minutes between 5 and 720),
  buffer_before       smallint not null default 0 check (buffer_before between 0 and 240),
  buffer_after        smallint not null default 0 check (buffer_after between 0 and 240),
  step_minutes        smallint not null default 15 check (step_minutes between 5 and 720),
  min_notice_minutes  integer not null default 120 check (min_notice_minutes >= 0),
  horizon_days        smallint not null default 90 check (horizon_days between 1 and 400),
  -- Whom it is for: 'new' patients, 'established' ones, or 'any'.
  for_patients        text not null default 'any' check (for_patients in ('any', 'new', 'established')),
  min_age_years       smallint not null default 0,
  max_age_years       smallint not null default 130,
  active              boolean not null default true,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_role_id) references directory.practitioner_role,
  foreign key (organization_id, practitioner_id) references directory.practitioner,
  foreign key (organization_id, location_id) references directory.location,
  foreign key (organization_id, visit_type_id) references scheduling.visit_type,
  constraint one_offering_a_kind unique (organization_id, practitioner_role_id, visit_type_id, mode)
);
create index offering_by_practitioner on scheduling.offering (organization_id, practitioner_id);

-- 'Mondays 9 to 12' in the wall-clock time of the location.
create table scheduling.weekly_rule (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  practitioner_id uuid not null,
  location_id     uuid not null,
  weekday         smallint not null check (weekday between 1 and 7),
  from_minute     smallint not null check (from_minute between 0 and 1439),
  until_minute    smallint not null check (until_minute between 1 and 1440),
  valid_from      date not null,
  valid_until     date,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_id) references directory.practitioner,
  foreign key (organization_id, location_id) references directory.location,
  constraint rule_ends_after_it_starts check (until_minute > from_minute),
  constraint rule_dates_in_order check (valid_until is null or valid_until >= valid_from)
);
create index weekly_rule_by_practitioner on scheduling.weekly_rule (organization_id, practitioner_id);

-- A day or part of a day that differs from the weekly rules: leave, a holiday, blocked time, or extra hours.
-- practitioner_id null: everybody at the location; location_id null: everywhere.
create table scheduling.calendar_exception (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  practitioner_id uuid,
  location_id     uuid,
  kind            text not null check (kind in ('leave', 'holiday', 'block', 'extra')),
  on_date         date not null,
  from_minute     smallint check (from_minute between 0 and 1439),
  until_minute    smallint check (until_minute between 1 and 1440),
  reason          text,
  made_at         timestamptz not null default now(),
  made_by         text not null,
  primary key (organization_id, id),
  constraint part_of_a_day check ((from_minute is null) = (until_minute is null) and (until_minute is null or until_minute > from_minute)),
  constraint extra_hours_say_where_and_when check (kind <> 'extra' or (practitioner_id is not null and location_id is not null and from_minute is not null))
);
create index calendar_exception_by_day on scheduling.calendar_exception (organization_id, practitioner_id, on_date);

-- Time that is taken, by a hold or a visit (with its buffers). One resource is in one place at a time:
-- this constraint, not code, rules out a double booking.
create table scheduling.taken_time (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  resource_id     uuid not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null check (ends_at > starts_at),
  hold_id         uuid,
  appointment_id  uuid,
  primary key (organization_id, id),
  constraint no_double_booking exclude using gist
    (organization_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&),
  constraint taken_by_a_hold_or_a_visit check (hold_id is not null or appointment_id is not null)
);
create index taken_time_by_resource on scheduling.taken_time (organization_id, resource_id, starts_at);
create unique index taken_time_by_hold on scheduling.taken_time (organization_id, hold_id) where hold_id is not null;
create index taken_time_by_appointment on scheduling.taken_time (organization_id, appointment_id) where appointment_id is not null;

-- An opening kept for five minutes while somebody fills the form. Says nothing about who.
create table scheduling.hold (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  offering_id     uuid not null,
  practitioner_id uuid not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null,
  expires_at      timestamptz not null,
  extended        boolean not null default false,
  held_by         text not null,
  primary key (organization_id, id),
  foreign key (organization_id, offering_id) references scheduling.offering
);
create index hold_by_expiry on scheduling.hold (expires_at);
create index hold_by_holder on scheduling.hold (organization_id, held_by, expires_at);

create table scheduling.appointment (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  -- Rises with every change a patient must hear of; also the calendar SEQUENCE.
  version         integer not null default 1,
  status          text not null default 'booked' check (status in ('booked', 'cancelled')),
  offering_id     uuid not null,
  practitioner_id uuid not null,
  location_id     uuid not null,
  visit_type_id   uuid not null,
  mode            text not null check (mode in ('in_person', 'video')),
  patient_id      uuid not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null check (ends_at > starts_at),
  -- In the patient's words. Health information.
  reason          text,
  new_patient     boolean not null default false,
  -- The language, and the proved phone or email, that messages about this visit go to.
  language        text not null default 'en',
  contact_kind    text check (contact_kind in ('phone', 'email')),
  contact_value   text,
  booked_at       timestamptz not null,
  booked_by       text not null,
  booked_through  text not null check (booked_through in ('guest', 'desk', 'api', 'import')),
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, offering_id) references scheduling.offering
);
create index appointment_by_practitioner on scheduling.appointment (organization_id, practitioner_id, starts_at);
create index appointment_by_patient on scheduling.appointment (organization_id, patient_id, starts_at);
create index appointment_by_start on scheduling.appointment (organization_id, starts_at);

-- Why and by whom a visit was called off, or moved (the time it had before).
create table scheduling.appointment_change (
  organization_id uuid not null,
  appointment_id  uuid not null,
  version         integer not null,
  kind            text not null check (kind in ('moved', 'cancelled')),
  reason_code     text not null,
  reason_note     text,
  previous_starts_at timestamptz not null,
  previous_offering_id uuid not null,
  changed_at      timestamptz not null,
  changed_by      text not null,
  primary key (organization_id, appointment_id, version),
  foreign key (organization_id, appointment_id) references scheduling.appointment
);

-- Somebody has to call: a landline that cannot receive a code, for one.
create table scheduling.call_back (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  appointment_id  uuid not null,
  patient_id      uuid not null,
  cause           text not null check (cause in ('landline')),
  due_at          timestamptz not null,
  created_at      timestamptz not null,
  done_at         timestamptz,
  done_by         text,
  outcome         text check (outcome in ('confirmed', 'not_reached', 'wrong_number')),
  primary key (organization_id, id),
  foreign key (organization_id, appointment_id) references scheduling.appointment
);

-- The search index of openings, kept in step in the transaction of whatever changes them. Derived data: starts are
-- whole minutes since 1970 (integers), a row an offering, local day and part of the day (1 morning, 2 afternoon, 3 evening).
create table scheduling.opening (
  organization_id uuid not null,
  practitioner_id uuid not null,
  day             date not null,
  offering_id     uuid not null,
  part            smallint not null check (part between 1 and 3),
  first_start     integer not null,
  starts          integer[] not null check (cardinality(starts) > 0),
  primary key (organization_id, practitioner_id, day, offering_id, part)
);
create index opening_by_offering on scheduling.opening (organization_id, offering_id, first_start);

-- The search index of find care: a row an offering and specialty, with all that filters and sorts. Derived data.
create table scheduling.listing (
  organization_id uuid not null,
  offering_id     uuid not null,
  specialty       text not null,
  -- The row of the main specialty; a search without specialty reads only these.
  main            boolean not null,
  practitioner_id uuid not null,
  practitioner_role_id uuid not null,
  location_id     uuid not null,
  visit_type      text not null,
  mode            text not null,
  latitude        double precision,
  longitude       double precision,
  -- floor((latitude + 90) * 5) * 10000 + floor((longitude + 180) * 5): a cell of a fifth of a degree.
  cell            integer,
  languages       text[] not null,
  gender          text,
  accepts_new     boolean not null,
  for_patients    text not null,
  min_age_years   smallint not null,
  max_age_years   smallint not null,
  min_notice_minutes integer not null,
  networks        uuid[] not null,
  -- The next openings in order (up to 12); empty when there is none. next_start = next_starts[1].
  next_starts     integer[] not null default '{}',
  next_start      integer,
  primary key (organization_id, offering_id, specialty)
) with (fillfactor = 80);
create index listing_by_specialty on scheduling.listing (organization_id, specialty, next_start);
create index listing_by_next on scheduling.listing (organization_id, next_start) where main;
create index listing_by_cell on scheduling.listing (organization_id, cell) where main;
create index listing_by_practitioner on scheduling.listing (organization_id, practitioner_id);

grant select on scheduling.visit_type, scheduling.offering, scheduling.opening, scheduling.listing to app_public, app_portal, app_staff, app_worker;
grant select on scheduling.weekly_rule, scheduling.calendar_exception, scheduling.taken_time to app_portal, app_staff, app_worker;
grant insert, update on scheduling.visit_type, scheduling.offering to app_worker;
grant insert, update, delete on scheduling.weekly_rule to app_worker;
grant insert, update, delete on scheduling.calendar_exception to app_staff, app_worker;
grant insert, update, delete on scheduling.taken_time, scheduling.opening to app_portal, app_staff, app_worker;
grant insert, delete on scheduling.listing to app_worker;
grant update on scheduling.listing to app_portal, app_staff, app_worker;
grant select, insert, update, delete on scheduling.hold to app_portal, app_staff, app_worker;
grant select, insert, update on scheduling.appointment, scheduling.appointment_change, scheduling.call_back to app_portal, app_staff, app_worker;

call platform.wall('scheduling.visit_type', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.offering', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.weekly_rule', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.calendar_exception', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.taken_time', array['app_portal', 'app_staff', 'app_worker']);
-- Expired holds are found across tenants by the worker (ids and times only), then released one organization at a time.
call platform.wall('scheduling.hold', array['app_portal', 'app_staff']);
create policy every_tenant_app_worker on scheduling.hold to app_worker using (true) with check (true);
call platform.wall('scheduling.opening', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.listing', array['app_public', 'app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.appointment', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.appointment', 'patient_id');
call platform.wall('scheduling.appointment_change', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.call_back', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.call_back', 'patient_id');
