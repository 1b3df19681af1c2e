-- Rules of scheduling as versioned data: what schedulers decide, by whom it was approved, and what holds on which day.
create table scheduling.rule (
  organization_id uuid not null references people.organization,
  id              uuid not null default uuidv7(),
  kind            text not null check (kind in ('holidays', 'alternate_weeks', 'reserved_time', 'daily_cap', 'pair_buffer',
    'new_patient_quota', 'licence', 'ages', 'referral')),
  -- What tells rules of one kind apart that hold side by side: a pair of visit types, the day and the week of a quota.
  subject         text not null default '',
  -- Where it holds; null: everywhere, for everybody. The more specific rule of a kind and subject wins.
  location_id     uuid,
  practitioner_id uuid,
  visit_type_id   uuid,
  -- The newest version. Whoever changes the rule says which one they saw.
  version         integer not null check (version > 0),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organization_id, id),
  foreign key (organization_id, location_id) references directory.location,
  foreign key (organization_id, practitioner_id) references directory.practitioner,
  foreign key (organization_id, visit_type_id) references scheduling.visit_type,
  constraint one_rule_a_scope unique nulls not distinct (organization_id, kind, subject, location_id, practitioner_id, visit_type_id)
);

-- Every saving is a row; what was approved is never changed again.
create table scheduling.rule_version (
  organization_id uuid not null,
  rule_id         uuid not null,
  version         integer not null,
  state           text not null check (state in ('draft', 'proposed', 'approved', 'returned', 'withdrawn')),
  -- exempt: the wider rule does not hold here. ended: as if this rule were not there.
  standing        text not null check (standing in ('holds', 'exempt', 'ended')),
  settings        jsonb,
  -- Of the visits it decides about, both included.
  from_day        date not null,
  until_day       date,
  why             text not null check (why <> ''),
  made_at         timestamptz not null,
  made_by         text not null,
  proposed_at     timestamptz,
  proposed_by     text,
  decided_at      timestamptz,
  decided_by      text,
  decision_words  text,
  -- The approved version whose words this one repeats; 0: none, there was no rule before.
  restores        integer,
  primary key (organization_id, rule_id, version),
  foreign key (organization_id, rule_id) references scheduling.rule,
  constraint what_holds_has_settings check (standing <> 'holds' or settings is not null),
  constraint rule_version_days_in_order check (until_day is null or until_day >= from_day),
  constraint a_decision_has_a_decider check ((state in ('approved', 'returned')) = (decided_by is not null)),
  constraint nobody_approves_their_own_rule check (state <> 'approved' or restores is not null or decided_by <> proposed_by)
);

-- What holds on which days, cut from the approved versions. Derived data: read with every booking, so it is flat.
create table scheduling.rule_in_force (
  organization_id uuid not null,
  rule_id         uuid not null,
  from_day        date not null,
  until_day       date,
  version         integer not null,
  kind            text not null,
  subject         text not null,
  location_id     uuid,
  practitioner_id uuid,
  visit_type_id   uuid,
  standing        text not null check (standing in ('holds', 'exempt')),
  settings        jsonb,
  primary key (organization_id, rule_id, from_day),
  foreign key (organization_id, rule_id) references scheduling.rule
);
create index rule_in_force_by_practitioner on scheduling.rule_in_force (organization_id, practitioner_id);

-- Visits that were booked before a rule that refuses them: each is kept by somebody's word, or moved.
create table scheduling.rule_exception (
  organization_id uuid not null,
  rule_id         uuid not null,
  appointment_id  uuid not null,
  version         integer not null,
  -- The appointment's version that was found: one that was moved since is no exception any more.
  visit_version   integer not null,
  found_at        timestamptz not null,
  kept_at         timestamptz,
  kept_by         text,
  primary key (organization_id, rule_id, appointment_id),
  foreign key (organization_id, rule_id) references scheduling.rule,
  foreign key (organization_id, appointment_id) references scheduling.appointment
);

-- An insurer's authorization that came in for a patient and a kind of visit.
create table scheduling.visit_authorization (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  patient_id      uuid not null,
  visit_type_id   uuid not null,
  from_day        date not null,
  until_day       date,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references people.patient,
  foreign key (organization_id, visit_type_id) references scheduling.visit_type,
  constraint authorization_days_in_order check (until_day is null or until_day >= from_day)
);
create index visit_authorization_by_patient on scheduling.visit_authorization (organization_id, patient_id);

-- Until when reserved time was given back to everybody.
create table scheduling.rule_clock (
  organization_id uuid primary key references people.organization,
  released_until  timestamptz not null
);

grant select on scheduling.rule, scheduling.rule_version, scheduling.rule_exception to app_staff, app_worker;
grant select on scheduling.rule_in_force to app_portal, app_staff, app_worker;
grant insert, update on scheduling.rule, scheduling.rule_version to app_staff;
grant insert, delete on scheduling.rule_in_force to app_staff;
grant insert, update on scheduling.rule_exception to app_staff, app_worker;
grant delete on scheduling.rule_exception to app_staff, app_worker;
grant select on scheduling.visit_authorization to app_portal, app_staff, app_worker;
grant insert on scheduling.visit_authorization to app_staff;
grant delete on scheduling.visit_authorization to app_worker;
grant select, insert, update on scheduling.rule_clock to app_worker;
call platform.wall('scheduling.rule', array['app_staff', 'app_worker']);
call platform.wall('scheduling.rule_version', array['app_staff', 'app_worker']);
call platform.wall('scheduling.rule_in_force', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.rule_exception', array['app_staff', 'app_worker']);
call platform.wall('scheduling.visit_authorization', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.visit_authorization', 'patient_id');
call platform.wall('scheduling.rule_clock', array['app_worker']);

create policy counted_by_owner on scheduling.taken_time for select to current_user using (organization_id = (select platform.organization_id()));
create policy counted_by_owner on scheduling.hold for select to current_user using (organization_id = (select platform.organization_id()));
create policy counted_by_owner on scheduling.appointment for select to current_user using (organization_id = (select platform.organization_id()));
create policy counted_by_owner on scheduling.offering for select to current_user using (organization_id = (select platform.organization_id()));

-- Whether a visit at that time is a patient's first here, as far as anybody knows; of somebody unknown it is.
create function scheduling.is_first_visit(patient uuid, at timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select from people.patient p where p.organization_id = platform.organization_id() and p.id = patient and p.origin = 'record')
    and not exists (select from scheduling.appointment a where a.organization_id = platform.organization_id() and a.patient_id = patient
      and a.status = 'booked' and a.starts_at < at)
$$;

-- When clinicians have visits, and of which kind, without whose they are: what a cap counts must count for everybody,
-- while the portal sees its own visits only. They run as the owner of the tables, who cannot log in, within the wall of the
-- organization, and tell nothing of anybody.
create function scheduling.visits_of(whose uuid[], from_at timestamptz, until_at timestamptz)
  returns table (practitioner_id uuid, visit_type_id uuid, starts_at timestamptz, ends_at timestamptz, is_new boolean, taken_by uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.resource_id, o.visit_type_id, coalesce(a.starts_at, h.starts_at), coalesce(a.ends_at, h.ends_at),
    coalesce(a.new_patient or scheduling.is_first_visit(a.patient_id, a.starts_at), false) or o.for_patients = 'new',
    coalesce(t.appointment_id, t.hold_id)
  from scheduling.taken_time t
  left join scheduling.appointment a on a.organization_id = t.organization_id and a.id = t.appointment_id
  left join scheduling.hold h on h.organization_id = t.organization_id and h.id = t.hold_id
  join scheduling.offering o on o.organization_id = t.organization_id and o.id = coalesce(a.offering_id, h.offering_id)
  where t.organization_id = platform.organization_id() and t.resource_id = any (whose) and t.starts_at >= from_at and t.starts_at < until_at
$$;

-- The state a patient lives in, as the record that came from elsewhere has it; null when nobody knows.
create function scheduling.home_state_of(patient uuid) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.content -> 'address' -> 0 ->> 'state' from record.resource r
  where r.organization_id = platform.organization_id() and r.patient_id = patient and r.type = 'Patient' limit 1
$$;

revoke all on function scheduling.is_first_visit, scheduling.visits_of, scheduling.home_state_of from public;
grant execute on function scheduling.is_first_visit, scheduling.visits_of, scheduling.home_state_of to app_portal, app_staff, app_worker;
