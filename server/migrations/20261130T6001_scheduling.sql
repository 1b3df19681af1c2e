-- Group visits: several patients in one session of one clinician, each in a seat with a number.
alter table scheduling.visit_type add column seats smallint not null default 1 check (seats between 1 and 100);

-- A session is there while one seat of it is taken. It takes the clinician's and the room's time once.
create table scheduling.group_session (
  organization_id uuid not null,
  id              uuid not null default uuidv7(),
  offering_id     uuid not null,
  practitioner_id uuid not null,
  starts_at       timestamptz not null,
  ends_at         timestamptz not null check (ends_at > starts_at),
  -- As many as the visit type had when the session began to fill.
  seats           smallint not null check (seats between 1 and 100),
  primary key (organization_id, id),
  foreign key (organization_id, offering_id) references scheduling.offering,
  constraint one_session_a_time unique (organization_id, offering_id, starts_at),
  constraint session_has_so_many_seats unique (organization_id, id, seats)
);
create index group_session_by_practitioner on scheduling.group_session (organization_id, practitioner_id, starts_at);

-- Whose seat is whose. No seat is given twice, and none is given beyond the last: these constraints, not code, rule it out.
create table scheduling.seat (
  organization_id uuid not null,
  session_id      uuid not null,
  number          smallint not null check (number >= 1),
  seats           smallint not null,
  hold_id         uuid,
  appointment_id  uuid,
  constraint one_person_a_seat primary key (organization_id, session_id, number),
  foreign key (organization_id, session_id, seats) references scheduling.group_session (organization_id, id, seats),
  constraint no_seat_beyond_the_last check (number <= seats),
  constraint a_seat_is_held_or_visited check ((hold_id is null) <> (appointment_id is null))
);
create unique index seat_by_hold on scheduling.seat (organization_id, hold_id) where hold_id is not null;
create unique index seat_by_appointment on scheduling.seat (organization_id, appointment_id) where appointment_id is not null;

alter table scheduling.taken_time
  add column session_id uuid,
  drop constraint taken_by_a_hold_or_a_visit,
  add constraint taken_by_a_hold_a_visit_or_a_session check (hold_id is not null or appointment_id is not null or session_id is not null);
create index taken_time_by_session on scheduling.taken_time (organization_id, session_id) where session_id is not null;

grant select, insert, delete on scheduling.group_session to app_portal, app_staff, app_worker;
grant select, insert, update, delete on scheduling.seat to app_portal, app_staff, app_worker;
grant update on scheduling.visit_type to app_staff;
call platform.wall('scheduling.group_session', array['app_portal', 'app_staff', 'app_worker']);
call platform.wall('scheduling.seat', array['app_portal', 'app_staff', 'app_worker']);
