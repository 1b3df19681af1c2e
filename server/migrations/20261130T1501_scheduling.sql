-- A clinician is ill, leaves, or works other hours: what that displaces is moved together, and each visit is accounted for.
create table scheduling.bulk_move (
  organization_id uuid not null,
  id              uuid not null,
  kind            text not null check (kind in ('leave', 'leaving', 'hours')),
  practitioner_id uuid not null,
  -- Of changed hours, the place; null: wherever they work.
  location_id     uuid,
  from_day        date not null,
  -- Null: for good.
  until_day       date,
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organization_id, id),
  foreign key (organization_id, practitioner_id) references directory.practitioner,
  constraint leave_ends check (kind <> 'leave' or until_day is not null),
  constraint move_days_in_order check (until_day is null or until_day >= from_day)
);
create index bulk_move_by_age on scheduling.bulk_move (organization_id, made_at);

-- waiting: nothing proposed yet. proposed: the scheduler decides. confirmed: being moved. moved: done and told.
-- to_call: somebody calls. settled: the patient or a colleague saw to it.
create table scheduling.bulk_move_visit (
  organization_id  uuid not null,
  bulk_move_id     uuid not null,
  appointment_id   uuid not null,
  patient_id       uuid not null,
  state            text not null check (state in ('waiting', 'proposed', 'confirmed', 'moved', 'to_call', 'settled')),
  -- The visit as it was when it was displaced.
  seen_version     integer not null,
  was_starts_at    timestamptz not null,
  was_offering_id  uuid not null,
  -- The new time.
  offering_id      uuid,
  starts_at        timestamptz,
  -- Why the last proposal came to nothing: the code of a refusal.
  refused          text,
  moved_version    integer,
  -- The patient said that the new time is fine.
  kept_at          timestamptz,
  decided_at       timestamptz,
  decided_by       text,
  primary key (organization_id, bulk_move_id, appointment_id),
  foreign key (organization_id, bulk_move_id) references scheduling.bulk_move,
  foreign key (organization_id, appointment_id) references scheduling.appointment,
  constraint a_proposal_says_when check (state not in ('proposed', 'confirmed', 'moved') or (offering_id is not null and starts_at is not null)),
  constraint moved_says_which check ((state = 'moved') = (moved_version is not null))
);
create index bulk_move_visit_by_visit on scheduling.bulk_move_visit (organization_id, appointment_id);
create index bulk_move_visit_open on scheduling.bulk_move_visit (organization_id, state, starts_at) where state in ('waiting', 'proposed', 'confirmed', 'to_call');

grant select, insert on scheduling.bulk_move to app_staff, app_worker;
grant select, insert, update on scheduling.bulk_move_visit to app_staff, app_worker;
-- Only to let a record go.
grant delete on scheduling.bulk_move_visit to app_worker;
-- The patient sees that the clinic moved the visit, and says that it is fine.
grant select on scheduling.bulk_move_visit to app_portal;
grant update (kept_at) on scheduling.bulk_move_visit to app_portal;
call platform.wall('scheduling.bulk_move', array['app_staff', 'app_worker']);
call platform.wall('scheduling.bulk_move_visit', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.bulk_move_visit', 'patient_id');

-- A scheduler ends and changes weekly hours.
grant insert, update, delete on scheduling.weekly_rule to app_staff;
