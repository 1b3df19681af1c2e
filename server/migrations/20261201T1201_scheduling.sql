-- Overbooking: a visit at a time that the clinician has given to another, with who decided it and why.

create table scheduling.overbooking (
  organization_id uuid not null,
  appointment_id  uuid not null,
  patient_id      uuid not null,
  reason          text not null check (reason in ('urgent', 'clinician_asked', 'short', 'our_mistake', 'other')),
  -- In the words of whoever decided it, sealed: they may tell of the patient.
  why_sealed      bytea not null,
  decided_at      timestamptz not null,
  decided_by      text not null,
  primary key (organization_id, appointment_id),
  foreign key (organization_id, appointment_id) references scheduling.appointment (organization_id, id)
);
create index overbooking_by_patient on scheduling.overbooking (organization_id, patient_id);
grant select, insert on scheduling.overbooking to app_staff;
grant select, update, delete on scheduling.overbooking to app_worker;
call platform.wall('scheduling.overbooking', array['app_staff', 'app_worker']);

-- Time is taken in lanes. All visits stand in lane 0, in which nothing overlaps, as before. Beside it are two lanes for
-- overbooked visits, each with the same guarantee and only for a visit that has its reason: three at once are the most.
-- `not valid`: no row of before has a lane, and looking at them would ask row-level security whose they are.
alter table scheduling.taken_time
  add column lane smallint not null default 0 check (lane between 0 and 2),
  add column overbooked_id uuid generated always as (case when lane > 0 then appointment_id end) stored,
  add constraint an_overbooking_has_its_reason foreign key (organization_id, overbooked_id) references scheduling.overbooking (organization_id, appointment_id) not valid,
  add constraint only_visits_are_overbooked check (lane = 0 or appointment_id is not null),
  drop constraint no_double_booking,
  add constraint no_double_booking exclude using gist (organization_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&) where (lane = 0),
  add constraint no_double_overbooking exclude using gist (organization_id with =, resource_id with =, lane with =, tstzrange(starts_at, ends_at) with &&) where (lane > 0);
