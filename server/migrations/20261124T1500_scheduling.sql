-- Visits that belong together: siblings back to back, a series, a chain. A row a visit; the group is its id.
create table scheduling.group_visit (
  organization_id uuid not null,
  group_id        uuid not null,
  appointment_id  uuid not null,
  patient_id      uuid not null,
  kind            text not null check (kind in ('family', 'series', 'chain')),
  -- In the order in which they were asked for.
  position        smallint not null check (position >= 0),
  made_at         timestamptz not null,
  made_by         text not null,
  primary key (organization_id, group_id, position),
  foreign key (organization_id, appointment_id) references scheduling.appointment,
  constraint one_group_a_visit unique (organization_id, appointment_id)
);
grant select, insert on scheduling.group_visit to app_portal, app_staff, app_worker;
-- Only to let a record go.
grant delete on scheduling.group_visit to app_worker;
call platform.wall('scheduling.group_visit', array['app_staff', 'app_worker']);
call platform.wall_own('scheduling.group_visit', 'patient_id');

-- Several openings that are kept together, given back together.
alter table scheduling.hold add column group_id uuid;
create index hold_by_group on scheduling.hold (organization_id, group_id) where group_id is not null;
